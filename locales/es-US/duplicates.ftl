duplicates-title = Posibles duplicados
duplicates-hint = Una persona anotada dos veces recibe dos juegos de avisos, y nadie ve todo lo que es suyo. Compárelas y luego únalas o diga que son dos.
duplicates-customers = Clientes
duplicates-none = No hay dos clientes del mismo nombre con un número, una dirección o un lugar en común.
duplicates-places = Lugares de una misma dirección
duplicates-no-places = Ninguna dirección está dos veces, se escriba como se escriba.
duplicates-place-number = lugar { $id }
duplicates-pair = { $one } y { $other }
duplicates-alike = { $what ->
    [phone] el mismo teléfono
    [email] el mismo correo electrónico
    [address] la misma dirección postal
   *[place] servicio en el mismo lugar
}
duplicates-apart = Se dijo que son dos
duplicates-with-apart = Mostrar también los que se dijo que son dos
duplicates-without-apart = Omitir los que se dijo que son dos
duplicates-more = Se muestran los primeros { $shown }. Los siguientes vienen cuando estos estén resueltos.
duplicates-compare = Comparar dos clientes
duplicates-compare-hint = Para dos que la lista no encuentra, como un nombre mal escrito.
duplicates-one = Número de cuenta de uno
duplicates-other = Número de cuenta del otro
duplicates-compare-go = Comparar
duplicates-no-account = Escriba dos números de cuenta nuestros, cada uno con un cliente.
merge-title = ¿Dos clientes, o uno?
merge-hint = Lo que tiene cada uno se ve junto a lo del otro. Al unirlos no se mueve dinero: cada cuenta debe lo que debía.
merge-number = Cliente { $id }
merge-gone = Unido a otro
merge-known-since = Anotado
merge-to-the-place = Al lugar del servicio
merge-notes = Notas en sus cuentas
merge-accounts = Cuentas
merge-no-accounts = Ninguna cuenta.
merge-reached = Se le contacta por
merge-not-reached = Nada le llega aparte del papel.
merge-proved = Comprobado
merge-sign-ins = Accesos a sus cuentas
merge-are-one = Uno de los dos se unió a otro cliente: aquí ya no hay nada que unir.
merge-other-names = Sus nombres no son iguales. Asegúrese de que es una sola persona u organización.
merge-are-apart = { $who } dijo que son dos: { $why }
merge-act = Son uno
merge-act-hint = Las cuentas, funciones y contactos del que se va pasan al que se queda. Los dos accesos siguen funcionando. Los avisos van a todos los contactos hasta que el cliente elija. El nombre anterior sigue encontrando las cuentas, las facturas emitidas conservan su nombre, y la unión se puede deshacer mientras nada haya cambiado.
merge-who = { $name }, cliente { $id }, { $accounts ->
    [0] sin cuenta
    [one] en 1 cuenta
   *[other] en { $accounts } cuentas
}
merge-stays = Quién se queda
merge-stays-hint = Su nombre e idioma son los que valen desde ahora.
merge-address = Adónde va el correo desde ahora
merge-address-kept = Adonde va para el que se queda
merge-address-gone = Adonde iba para el que se va
merge-reason = Por qué es un solo cliente
merge-reason-hint = Lo que usted vio u oyó, como una identificación en el mostrador.
merge-now = Unirlos
merge-done = Ahora son un solo cliente.
merge-two = Son dos
merge-two-hint = Como un padre y un hijo del mismo nombre. La lista los omite desde ahora.
merge-two-why = Cómo lo sabe
merge-two-now = Mantenerlos separados
merge-apart-done = Siguen siendo dos clientes.
merge-one-and-the-same = Ya es un solo cliente.
merge-kinds-differ = Uno es una persona y el otro una organización. No se unen: un dueño y su empresa deben por separado.
merge-merged-before = Uno de los dos se unió antes. Vea el cliente en que se convirtió.
merge-both-on = Los dos tienen una función en la cuenta { $number } al mismo tiempo ({ $one }, { $other }). Termine primero una de las dos allí; se podrán unir cuando haya terminado.
merge-bankrupt = La cuenta { $number } está retenida por bancarrota. Quién debe allí lo decide el tribunal: únalos cuando esa retención haya terminado.
merge-both-move = Para los dos hay una dirección que espera su día. Primero deje una como está, en Personas.
merge-reason-missing = Escriba unas palabras para quien lo lea después.
merge-undone-before = Ya se había deshecho.
merge-changed-since = { $what ->
    [merged] No se puede deshacer: el cliente que se quedó se unió otra vez desde entonces. Deshaga primero esa unión.
    [person] No se puede deshacer: el nombre, el idioma o la dirección del cliente que se quedó cambió desde entonces, y no se sabe de quién es. Agregue a la persona de nuevo en Personas de la cuenta.
    [contact] No se puede deshacer: una dirección o un teléfono terminó desde entonces, y no se sabe de quién es el nuevo. Agregue a la persona de nuevo en Personas de la cuenta.
   *[part] No se puede deshacer: una función en una cuenta que pasó terminó o cambió desde entonces. Agregue a la persona de nuevo en Personas de la cuenta.
}
merges-title = Clientes unidos
merges-hint = Cada unión queda aquí, con lo que se dijo de ella.
merges-none = No se unieron clientes.
merges-row = { $gone } se unió a { $kept }
merges-undone = Deshecha
merges-undo = Deshacerla
merges-undo-why = Por qué son dos después de todo
merges-undo-now = Deshacerla ahora
merge-undone = La unión está deshecha: cada uno tiene lo suyo.

name-change-title = Si cambia el nombre
name-change-hint = El nombre anterior se conserva y sigue encontrando al cliente. Las facturas emitidas conservan el nombre con que se emitieron.
name-change-kind-label = Por qué
name-change-kind = { $kind ->
    [correction] Estaba mal escrito
   *[legal] Cambió por ley, como por matrimonio
}
name-change-from = Desde
name-change-from-hint = Para un cambio por ley.
name-change-document = Documento
name-change-document-hint = Cuál vio usted y de qué día. Hace falta para un cambio por ley.
name-change-day-missing = Escriba el primer día del nombre nuevo, a más tardar hoy.
name-change-document-missing = Escriba qué documento vio, como un acta de matrimonio.
name-change-row = { $kind ->
    [correction] { $old } se corrigió a { $new } el { $from }
   *[legal] { $old } es { $new } por ley desde el { $from }
}
responsible-act = Cambiar quién es responsable
responsible-title = Quién es responsable
responsible-now = { $name }, desde el { $since }
responsible-rule = Por regla la cuenta termina
responsible-rule-hint = Después de una muerte, una venta o un divorcio, la cuenta de quien la tenía se cierra con una última factura, y lo que se debe allí sigue siendo suyo o de su sucesión. Quien viene después tiene su propia cuenta.
responsible-stop = Terminar los servicios de esta cuenta
responsible-open = Abrir una cuenta para quien recibe después el servicio en { $place }
responsible-move = Mudar al cliente a otro lugar
responsible-before = Quién la asumió
responsible-take = Alguien asume esta cuenta tal como está
responsible-take-hint = Solo con su consentimiento. Terminan el pago automático, los pagos programados, los accesos, las invitaciones, la factura sin papel y los ingresos certificados de quien la tenía, y se avisa a quien veía la cuenta. Las facturas emitidas conservan su nombre. Quien la asume entra con el código de una carta. Lo usado desde la última factura llega con la próxima, que será suya: dígaselo antes de que acepte. Quien además hablaba o respondía por la cuenta deja de tener parte en ella.
responsible-who = Quién la asume
responsible-who-hint = Para alguien nuevo llene los campos de abajo.
responsible-somebody-new = Alguien nuevo
responsible-why = Por qué
responsible-reason = { $reason ->
    [death] El cliente murió
    [divorce] Divorcio o separación
    [court_order] Una orden judicial
    [organization] La organización continúa bajo otra
   *[household] Otra persona del hogar
}
responsible-how = Cómo consintió
responsible-consent = { $consent ->
    [signed] Con un formulario firmado
    [in_person] En el mostrador, con identificación
    [recorded_call] Por teléfono, en una línea grabada
   *[court] Un tribunal lo ordenó
}
responsible-words = A qué consintió
responsible-words-hint = Qué documento, llamada o identificación, de qué día, y qué se dijo de lo que se debe.
responsible-assumes = Asume lo que se debe ahora: { $amount }
responsible-assumed = asumió { $amount }
responsible-go = Que la asuma
responsible-done = Ahora otra persona es responsable de esta cuenta.
responsible-elsewhere = Quien asume la cuenta misma lo hace en Cambiar quién es responsable, con su consentimiento.
responsible-not-active = Solo una cuenta activa continúa con otra persona.
responsible-owes = Se deben { $amount }, y sigue debiéndolos quien tenía la cuenta. Que los asuma quien viene, o cierre esta cuenta con una última factura.
responsible-credit = Hay { $amount } a favor de quien tenía la cuenta. Primero devuélvalos.
responsible-on-its-way = Vienen en camino { $amount } de quien tenía la cuenta. Espere a que se acrediten.
responsible-dispute = Una factura de quien tenía la cuenta está en disputa. Decídala primero.
responsible-deposit = Hay un depósito abierto de quien tenía la cuenta. Primero devuélvalo.
responsible-arrangement = Hay un plan de pagos abierto de quien tenía la cuenta. Primero termínelo, o cierre esta cuenta con una última factura.
responsible-level-plan = Hay un plan de pagos nivelados abierto de quien tenía la cuenta. Primero termínelo y liquídelo.
responsible-bankruptcy = La cuenta está retenida por bancarrota. No continúa con otra persona mientras un tribunal protege a quien la tenía.

duplicates-twice = ¿Está alguien de aquí anotado dos veces?
