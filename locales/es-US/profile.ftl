## What a customer sets

profile-title = Sus ajustes
profile-sign-in = Su acceso
profile-delivery = Por correo electrónico, en papel o ambos; en español o inglés.
profile-alerts = De qué le avisamos, por correo electrónico o mensaje de texto.
profile-methods = Tarjetas y cuentas bancarias guardadas.
profile-autopay = Cada factura se paga sola.
profile-requests = Mudarse, iniciar, terminar, reportar, preguntar.
profile-claim = Otra vivienda o negocio en este acceso.

## How bills come

delivery-title = Cómo llegan sus facturas
delivery-now = { $way ->
    [email] Sus facturas llegan por correo electrónico, sin papel.
    [paper] Sus facturas llegan en papel.
    [both] Sus facturas llegan en papel y por correo electrónico.
   *[portal] Sus facturas le esperan aquí. No se envía nada.
}
delivery-failing = El correo a { $email } fue devuelto. Mientras no confirme otra dirección, sus facturas llegan en papel.
delivery-choose = ¿Cómo deben llegar?
delivery-hint = En todo caso, aquí puede leer cada factura, desde la primera.
delivery-way = { $way ->
    [email] Por correo electrónico, sin papel
    [paper] En papel
    [both] De ambas formas
   *[portal] De ninguna forma: las leo aquí
}
delivery-way-hint = { $way ->
    [both] Una carta y, además, un correo electrónico.
   *[other] Los avisos le dicen que hay una factura, salvo que los haya apagado.
}
delivery-to = A { $email }.
delivery-to-nobody = Todavía no tenemos una dirección para ellas.
delivery-bills-to = Las facturas por correo electrónico van a { $email }.
delivery-unproved = Todavía nadie confirmó que esta dirección sea suya.
delivery-signs-in-as = Usted entra con otra dirección, { $email }.
delivery-no-address = Las facturas por correo electrónico necesitan una dirección: agregue una primero.
delivery-change-address = Cambiar o confirmar la dirección de las facturas por correo electrónico
delivery-owner-changes = Solo el titular de la cuenta puede cambiar esa dirección.
delivery-language = Idioma de las facturas
delivery-english = English
delivery-spanish = Español
delivery-consent = Las facturas por correo electrónico reemplazan a las de papel. Necesita una dirección de correo electrónico y un navegador, puede volver al papel aquí cualquier día y no paga nada por ninguna de las dos formas. Enviamos una confirmación a todos los que reciben avisos de esta cuenta.
delivery-save = Guardar
delivery-address = Cambiar adónde van las cartas
delivery-saved = Guardado. Le enviamos una confirmación.
delivery-reaches-nobody = No tenemos un correo electrónico en que usted reciba sus facturas. Quédese con el papel o confirme primero una dirección.
delivery-agreed = { $way ->
    [email] Mis facturas llegan por correo electrónico en lugar de papel. Puedo volver al papel cualquier día, sin costo.
    [paper] Mis facturas llegan en papel.
    [both] Mis facturas llegan en papel y por correo electrónico.
   *[portal] Mis facturas esperan en mis propias páginas y no se envía nada. Puedo cambiarlo cualquier día, sin costo.
}
notice-delivery-subject = Cambió la forma en que llegan sus facturas
notice-delivery-text = { $way ->
    [email] Las facturas de la cuenta { $account } llegan por correo electrónico, sin papel,
    [paper] Las facturas de la cuenta { $account } llegan en papel
    [both] Las facturas de la cuenta { $account } llegan en papel y por correo electrónico
   *[portal] Las facturas de la cuenta { $account } se leen en línea y no se envían
} a partir del { $day }, en { $language ->
    [es-US] español.
   *[other] inglés.
}
notice-delivery-action = Verlo o cambiarlo
notice-delivery-otherwise = Si usted no lo pidió, cámbielo de nuevo donde lleva el botón, o llámenos.

## Signing in

profile-security = Su dirección, contraseña y códigos, y dónde tiene la sesión abierta.
security-title = Acceso y seguridad
security-email = Correo electrónico para entrar
security-where = Dónde tiene la sesión abierta
security-unknown = Un navegador desconocido
security-this = Este dispositivo
security-used = Usado por última vez el { $seen }, abierta el { $since }
security-end = Cerrar sesión
security-end-others = Cerrar sesión en todos los demás
security-strange = Si no conoce alguno, ciérrelo y elija una contraseña nueva.
security-ended = La sesión se cerró allí.
email-title = Cambiar correo electrónico
email-text = Enviamos un enlace a la dirección nueva. Será la suya para entrar cuando lo abra; se avisa a las dos direcciones.
email-new = Nueva dirección de correo electrónico
email-send = Enviar el enlace
email-same = Esa es la dirección con la que entra.
email-asked = Enviamos un enlace a la dirección nueva. Mientras no lo abra, sigue la anterior.
email-proof-title = ¿Es esta su dirección nueva?
email-proof-text = Con su contraseña, { $email } pasa a ser la dirección con que entra. Desde entonces nuestro correo va allí, y su acceso se cierra en todas partes.
email-proof-action = Sí, cambiarla
email-changed = Su correo electrónico cambió. Entre con el nuevo.
notice-new-device-subject = Nuevo inicio de sesión
notice-new-device-text = Alguien entró con su contraseña desde un navegador que no conocíamos: { $device }.
notice-new-device-action = Ver dónde tiene la sesión abierta
notice-new-device-otherwise = Si fue usted, no tiene que hacer nada. Si no, elija enseguida una contraseña nueva: eso cierra las demás sesiones.
notice-change-email-subject = Confirme su dirección nueva
notice-change-email-text = Con este enlace, la dirección de este correo será la que usa para entrar. Se abre durante dos días.
notice-change-email-action = Cambiar mi dirección
notice-change-email-otherwise = Si usted no lo pidió, no haga nada: sin el enlace no cambia nada.
notice-email-changed-subject = La dirección de su acceso
notice-email-asked-text = Alguien que conoce su contraseña pidió cambiar la dirección de su acceso a { $email }. Cambia cuando se abra un enlace enviado allí.
notice-email-changed-text = La dirección de su acceso es ahora { $email }. Desde ahora nuestro correo llega ahí.
notice-email-asked-otherwise = Si no fue usted, elija enseguida una contraseña nueva o llámenos.
notice-email-changed-otherwise = Si no fue usted, llámenos enseguida: la dirección anterior ya no abre su acceso.
