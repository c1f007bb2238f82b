# Las personas de una cuenta, y cómo se le factura y avisa.

people-title = Personas y entrega
people-act = Personas
people-add = Agregar a alguien
people-edit = Cambiar
people-end = Ya no se usa
people-end-part = Terminar esta función hoy
people-since = Desde
people-was = { $name } desde el { $from } hasta el { $until }
people-language-label = Lee en
people-language = { $language ->
    [es-US] Español
   *[other] Inglés
}
people-settings = Cómo salen las facturas
people-bill-language = Idioma de las facturas
people-paper = En papel
people-email = Por correo electrónico
people-save = Guardar
people-not-that-day = Elija un día entre el { $since }, cuando la cuenta cambió por última vez, y hoy.
people-not-settled = Una cuenta se cierra cuando está saldada. Su saldo es de { $balance }, y { $pending } están en camino.
people-not-billed = Su última factura aún no ha salido: hay un borrador, o quedan días con servicio sin facturar. Factúrelos primero.
people-still-served = La cuenta recibe servicio ese día o después. Termine primero sus servicios.
people-saved = El cambio quedó guardado.
people-no-email = No se conoce ningún correo electrónico. Agregue uno primero.
people-reaches-nobody = Nadie sigue esta cuenta en el portal: sin papel ni correo electrónico, sus facturas no llegarían a nadie.
people-standing = Situación
people-next-status = Pasa a
people-from = Desde
people-move = Cambiar la situación
people-role = Función
people-role-hint = Un cliente nuevo reemplaza al actual ese día.
people-kind-label = Tipo
people-kind = { $kind ->
    [organization] Organización
   *[other] Persona
}
people-name = Nombre completo
people-given-name = La carta empieza con
people-mailing = Dirección postal
people-mailing-hint = Solo si el papel no va al lugar del servicio. Cuatro líneas como máximo, sin el nombre.
people-coming = Correo a partir de un día futuro
people-coming-to = Desde el { $day } el correo va a { $lines }.
people-coming-place = Desde el { $day } el correo va al lugar del servicio.
people-coming-keep = Dejarlo sin efecto: el correo sigue yendo adonde va ahora
# $now (text)
seen-changed = Alguien cambió esto después de que usted abrió la página. Ahora es: { $now }. Guarde otra vez para poner lo suyo en su lugar.
seen-decided = Nada de lo suyo se hizo: { $by } lo decidió el { $at }. { $outcome }
seen-typed = Lo que usted escribió
seen-empty = nada
people-address-lines = Escriba cuatro líneas como máximo: la ventana de un sobre no muestra más.
people-add-contact = Agregar un contacto
people-contact-kind = Qué es
people-contact = Dirección o número
people-not-an-address = Escriba una dirección como rosa@example.com.
people-not-a-number = Escriba un número de teléfono con su código de área.
people-contact-known = Este contacto ya está.
people-part-known = Este cliente ya tiene esta función.
people-place = Lugar alquilado
people-place-hint = Para un propietario: el lugar de esta cuenta que da en alquiler.
people-place-none = Ninguno
people-place-missing = Elija el lugar que el propietario da en alquiler. Una cuenta que nunca tuvo servicio todavía no tiene ninguno.
people-place-unknown = Sin anotar: cuenta solo mientras la cuenta tenga un único lugar.
people-outside = Elija un día desde el primero de la cuenta hasta hoy.

## Los accesos que siguen una cuenta

account-login-since = desde el { $since }
account-login-end = Quitarle la cuenta
account-login-end-hint = Desde ese momento ni el acceso ni quienes invitó ven nada de la cuenta, y se avisa a cada uno. Después la cuenta solo se agrega con un código por correo postal, no con un monto de la factura.
account-login-end-now = Quitarla ahora
account-invited = invitación de { $by }
account-login-ended = El acceso ya no ve la cuenta, y se avisó a su dueño.
