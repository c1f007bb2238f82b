# Cómo localizamos al cliente, a cargo del cliente.

profile-contacts = Las direcciones y los números con que nos comunicamos con usted.
contacts-title = Cómo comunicarnos con usted
contacts-text = Estos son los correos electrónicos y los teléfonos de su registro de cliente. Uno nuevo cuenta cuando usted escribe el código que le enviamos. A los demás les avisamos de cada cambio.
contacts-none = No tenemos ningún correo electrónico ni teléfono suyo.
contacts-proved-on = Confirmado el { $day }
contacts-proved-by-sign-in = Confirmado por su acceso
contacts-unproved = Sin confirmar
contacts-used = { $kind ->
    [email] Aquí llegan los avisos y las facturas por correo electrónico
   *[phone] Aquí llegan sus mensajes de texto
}
contacts-returns = El correo es devuelto
contacts-no-texts = Pidió no recibir mensajes
contacts-prove = Enviar un código para confirmarlo
contacts-choose = { $kind ->
    [email] Enviar aquí los avisos y las facturas por correo electrónico
   *[phone] Enviar aquí mis mensajes de texto
}
contacts-all = No ha elegido ninguna dirección: los avisos van a todas, y las facturas por correo electrónico a la más nueva.
contacts-sign-in = Usted entra con { $email }. Lo que activó en Avisos llega también ahí.
contacts-is-sign-in = Usted entra con esta dirección. Se cambia junto con su acceso:
contacts-sign-in-link = Cambiar la dirección del acceso
contacts-remove = Quitar
contacts-remove-text = { $kind ->
    [email] Ya no escribimos a esta dirección. Le avisamos una vez que se quitó.
   *[phone] Ya no usamos este número ni le enviamos mensajes por su acceso.
}
contacts-remove-yes = Sí, quitarlo
contacts-add-email = Agregar un correo electrónico
contacts-email = Correo electrónico
contacts-email-hint = Le enviamos un código para asegurarnos de que es suyo.
contacts-mail-code = Enviarme un código
contacts-add-number = Agregar un número de celular
contacts-waits-email = Escriba el código que enviamos a { $email }.
contacts-waits-phone = Escriba el código que enviamos al número que termina en { $number }.
contacts-withdraw = No quiero agregarlo
contacts-code-sent = El código va en camino. Sirve 15 minutos.
contacts-code-wrong = Este código no sirve. Léalo otra vez o pida uno nuevo abajo.
contacts-proved = Está confirmado. Ya podemos comunicarnos con usted ahí.
contacts-withdrawn = No se agregó.
contacts-chosen = Guardado. Avisamos del cambio a sus otras direcciones y números.
contacts-removed = Quitado. Avisamos del cambio a sus otras direcciones y números.
contacts-known = Ya nos comunicamos con usted ahí.
contacts-too-many = Tiene diez direcciones y números. Quite uno que no necesite y después agregue este.
contacts-not-proved = Confírmelo primero: pida un código a su lado.
contacts-comes-back = El correo a esta dirección es devuelto. Confírmela con un código nuevo o elija otra.
contacts-stopped = Quien tiene este número nos pidió por mensaje no recibir más. Envíe primero INICIO a nuestro número.
contacts-of-sign-in = Usted entra con esta dirección. Cambie primero la dirección de su acceso o quite otra.
contacts-last-for-bills = Sus facturas llegan solo por correo electrónico y a esta dirección. Agregue otra, o elija facturas en papel en «Cómo llegan sus facturas», y después quite esta.

## Avisos

notice-contact-added-subject = Se agregó una forma de comunicarnos con usted
notice-contact-added-text = { $way ->
    [email] Se agregó el correo electrónico { $to } al registro de cliente de la cuenta { $account }, confirmado con un código.
   *[phone] Se agregó el teléfono que termina en { $to } al registro de cliente de la cuenta { $account }, confirmado con un código.
}
notice-contact-chosen-subject = Cambió adónde van nuestros avisos
notice-contact-chosen-text = { $way ->
    [email] Los avisos y las facturas por correo electrónico de la cuenta { $account } van desde ahora a { $to }.
   *[phone] Los mensajes de texto sobre la cuenta { $account } van desde ahora al número que termina en { $to }.
}
notice-contact-removed-subject = Se quitó una forma de comunicarnos con usted
notice-contact-removed-text = { $way ->
    [email] Se quitó el correo electrónico { $to } del registro de cliente de la cuenta { $account }. Ya no le escribimos.
   *[phone] Se quitó el teléfono que termina en { $to } del registro de cliente de la cuenta { $account }. Ya no lo usamos.
}
notice-contact-action = Ver cómo nos comunicamos con usted
notice-contact-otherwise = Si no fue usted, elija enseguida una contraseña nueva y llámenos.
notice-contact-code-subject = Su código para confirmar esta dirección
notice-contact-code-text = Escriba este código en la página «Cómo comunicarnos con usted» para recibir aquí lo de la cuenta { $account }. Sirve 15 minutos.
notice-contact-code-otherwise = Si no lo pidió, no haga nada: sin el código no se agrega esta dirección.
text-contact-added = Ya podemos comunicarnos con usted en { $to }. ¿No fue usted? Llámenos.
text-contact-chosen = Los avisos van desde ahora a { $to }. ¿No fue usted? Llámenos.
text-contact-removed = { $to } ya no está entre sus formas de contacto. ¿No fue usted? Llámenos.
