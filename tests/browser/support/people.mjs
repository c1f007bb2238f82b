// Who may sign in to the town: read from what it printed when it opened.

/** `{ customer, clerk, manager, administrator, crew, several, late }`, each with a door, an e-mail address and a password. */
export function signInsOf(printed) {
  const people = {};
  for (const line of printed.split('\n')) {
    const found = line.match(/(customer|clerk|manager|administrator|crew)\b.*?(\S+@\S+).*?(\S+)\s*$/i);
    if (found) {
      const [, word, email, password] = found;
      const name = word.toLowerCase();
      people[name] ??= { door: name === 'customer' ? '/sign-in' : '/office/sign-in', email, password };
    }
  }
  // Neighbors in a state that the customer is not in.
  for (const [name, who] of Object.entries({ several: 'hodan.warsame', late: 'darnell.booker' })) {
    const found = printed.match(new RegExp(`(${who}@\\S+)\\s+(\\S+)`));
    if (found) people[name] = { door: '/sign-in', email: found[1], password: found[2], isNeighbor: true };
  }
  for (const name of ['customer', 'clerk', 'manager', 'administrator', 'crew']) {
    if (!people[name]) throw new Error(`the town printed no sign-in for the ${name}:\n${printed}`);
  }
  return people;
}

/** The e-mail address of somebody else who has a sign-in. */
export function neighborOf(printed) {
  const known = Object.values(signInsOf(printed)).map(({ email }) => email);
  const found = printed.match(/\S+@post\.example/g)?.find((email) => !known.includes(email));
  if (!found) throw new Error(`the town printed no neighbor with a sign-in:\n${printed}`);
  return found;
}
