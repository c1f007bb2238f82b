# Signing in, getting back in, and proving that an account is yours.

## Sign-in

sign-in-title = Iniciar sesión
sign-in-email = Correo electrónico
sign-in-password = Contraseña
sign-in-action = Iniciar sesión
sign-in-forgot = ¿Olvidó su contraseña?
sign-in-new-title = ¿Es la primera vez?
sign-in-new-text = Cree su acceso con su número de cuenta y su última factura.
sign-in-new-action = Crear mi acceso
sign-in-wrong = El correo electrónico y la contraseña no corresponden. Revise los dos e intente de nuevo.
sign-in-not-verified = Primero confirme su correo electrónico: abra el enlace del mensaje que le enviamos. Si el enlace ya venció, cree su acceso de nuevo.
sign-in-first = Inicie sesión para ver esta página.
signed-out = Su sesión está cerrada.

## Setting up a sign-in

register-title = Cree su acceso
register-intro = Tenga a mano su última factura. Si no la tiene, podemos enviar un código a la dirección postal de la cuenta.
register-account = Número de cuenta
register-account-hint = Diez dígitos, en la parte superior de su factura, como 4100-27160-4.
register-proof = Monto o código web de su última factura, o el código de nuestra carta
register-proof-hint = El total de cargos nuevos o el monto a pagar, como 84.10; o el código web junto al código cuadrado, como K7QM2-9XWPB.
register-no-bill = No tengo factura: envíenme un código por correo postal
register-name = Su nombre
register-new-password = Elija una contraseña
register-new-password-hint = Al menos 10 caracteres. Una frase corta es fácil de recordar.
register-action = Crear mi acceso
register-not-proved = El número de cuenta no corresponde con ese monto o código. Compárelos con su última factura. Un monto que aparece en muchas facturas no basta: en ese caso pida un código por correo postal.
register-not-an-email = Escriba un correo electrónico como nombre@example.com.
register-weak-password = Elija una contraseña de al menos 10 caracteres que no sean todos iguales.
register-sent-title = Revise su correo electrónico
register-sent-text = Le enviamos un mensaje con un enlace. Ábralo en los próximos dos días para terminar. Si no llega en unos minutos, busque en su carpeta de correo no deseado.

verify-title = Confirme su correo electrónico
verify-text = Escriba la contraseña que eligió para confirmar su correo e iniciar sesión.
verify-action = Confirmar e iniciar sesión
verify-wrong = Esa no es la contraseña elegida para este acceso.
verify-done = Su correo está confirmado y su cuenta ya está aquí.
link-spent-title = Este enlace ya no funciona
link-spent-text = Ya se usó, fue reemplazado por uno más reciente o venció.
link-spent-again = Empezar de nuevo

## Adding an account

claim-title = Agregar una cuenta
claim-action = Agregar la cuenta
claim-done = La cuenta se agregó.
claim-bills-in = Desde ahora sus facturas llegan en { $language ->
    [es-US] español
   *[other] inglés
}, el idioma en que lee aquí. Puede cambiarlo en «Cómo llegan sus facturas».
claim-held = Esta cuenta ya está en su lista.
claim-code-title = Reciba un código por correo postal
claim-code-intro = Enviamos una carta con un código a la dirección postal de la cuenta. Tarda de 3 a 5 días.
claim-code-action = Enviar la carta
claim-code-sent-title = La carta va en camino
claim-code-sent-text = Si existe esa cuenta, a su dirección postal llegará una carta con un código en 3 a 5 días. El código sirve durante tres semanas.

## Passwords

forgot-title = ¿Olvidó su contraseña?
forgot-intro = Escriba su correo electrónico. Si tiene un acceso con él, le enviamos un enlace para elegir una contraseña nueva.
forgot-action = Envíenme un enlace
forgot-sent-title = Revise su correo electrónico
forgot-sent-text = Si existe un acceso con ese correo, recibirá un mensaje con un enlace. El enlace sirve durante una hora.
reset-title = Elija una contraseña nueva
reset-new-password = Contraseña nueva
reset-action = Guardar la contraseña nueva
reset-done = Su contraseña nueva está guardada y su sesión está iniciada.
password-title = Cambiar su contraseña
password-old = Contraseña actual
password-wrong = Esa no es su contraseña.
password-done = Su contraseña nueva está guardada. Se cerró la sesión en los demás dispositivos.
password-done-without-passkeys = Su contraseña nueva está guardada y se quitaron sus llaves de acceso. Se cerró la sesión en los demás dispositivos.
password-passkeys = Llaves de acceso con las que usted entra sin la contraseña: { $names }.
password-passkeys-off = Quitarlas también. Déjelo marcado si otra persona pudo conocer su contraseña: pudo haber creado una.

## Office

office-sign-in-title = Acceso a la oficina
office-set-up-title = Configurar { -utility-short }
office-set-up-intro = Usted es la primera persona aquí. El código de un solo uso está impreso en la consola del servidor.
office-set-up-token = Código de un solo uso
office-set-up-action = Hacerme administrador
office-set-up-token-wrong = Este código no abre. Reinicie el servidor para obtener uno nuevo.
office-set-up-done = Le damos la bienvenida. Invite a los demás en Personal.
office-invitation-title = Únase al personal
office-invitation-text = Hola, { $name }. Elija una contraseña para { $email }.
office-invitation-action = Unirme

totp-title = Autenticador
totp-off = El acceso pide solo su contraseña. Una aplicación de autenticación lo hace mucho más seguro.
totp-on = El acceso pide su contraseña y un código de su aplicación de autenticación.
totp-begin = Configurar un autenticador
totp-step-1 = Apunte la cámara de su aplicación de autenticación a la imagen, o agregue esta clave a mano o con el enlace:
totp-open-app = Abrir en la aplicación de este dispositivo
totp-step-2 = Después escriba el código que muestra la aplicación.
totp-picture = El código para la aplicación de autenticación
totp-recovery = Si pierde la aplicación, un administrador lo invita otra vez en Personal: la aplicación anterior ya no abre nada y usted configura una nueva.
totp-confirm = Activar
totp-remove = Desactivar
totp-remove-text = Para desactivarlo, escriba un código de la aplicación.
totp-done = Desde ahora, el acceso pide un código de su aplicación.
totp-removed = El autenticador está desactivado.

staff-title = Personal
staff-name = Nombre
staff-email = Correo electrónico
staff-role = Puesto
staff-authenticator = Autenticador
staff-state = Estado
staff-active = Activo
staff-not-active = Sin acceso
staff-you = usted
staff-invite-title = Invitar a alguien
staff-invite-action = Enviar la invitación
staff-invited = La invitación va en camino a { $name }.
staff-email-taken = Alguien del personal ya tiene ese correo.
staff-change-role = Cambiar puesto
staff-role-changed = El puesto de { $name } cambió. Tendrá que iniciar sesión de nuevo.
staff-close = Quitar acceso
staff-closed = { $name } ya no tiene acceso.
staff-invite-again = Invitar de nuevo
staff-not-for-oneself = Pida a otro administrador que cambie esto por usted.
staff-last-administrator = El último administrador se queda: primero nombre a otra persona.
# $role (text)
staff-role-name = { $role ->
    [administrator] Administrador
    [billing_manager] Gerente de facturación
    [billing_clerk] Auxiliar de facturación
    [csr] Atención al cliente
    [field_supervisor] Supervisor de campo
    [field] Cuadrilla de campo
    [collector] Cobranza
    [compliance] Cumplimiento
    [viewer] Consulta
   *[other] { $role }
}

audit-title = Registro de auditoría
audit-at = Cuándo
audit-who = Quién
audit-action = Qué
audit-subject = Sobre
audit-facts = Datos
audit-account = Número de cuenta
audit-filter-action = Qué, como payment.posted
audit-show = Mostrar
audit-empty = No se registró nada para esto.
# $kind (text)
audit-actor-kind = { $kind ->
    [staff] personal
    [login] cliente
    [visitor] visitante
    [clock] el programa
    [operator] operador
    [processor] procesador de pagos
   *[other] { $kind }
}

mailbox-title = Correo por enviar
mailbox-text = No hay servidor de correo configurado, así que la demostración guarda su correo aquí. Nada sale de esta computadora.
mailbox-empty = No hay nada por enviar.
mailbox-to = Para { $recipient }
mailbox-letter = Carta

clock-title = El reloj del pueblo
# $today (long day)
clock-text = En el pueblo de demostración es { $today }. Adelante su reloj y las tareas harán lo que traen esos días. Nunca retrocede.
clock-day = Día
clock-action = Mover el reloj
clock-moved = El reloj se movió. Las tareas hacen ahora lo que traen los días intermedios, uno tras otro; toma un momento.
clock-too-far = El reloj avanza como máximo un año a la vez.
clock-backward = Elija un día posterior: el reloj solo avanza.

## Alguien escribe códigos

notice-codes-guessed-subject = Alguien sabe su contraseña
notice-codes-guessed-text = Alguien inició sesión en { -utility-short } con su contraseña y después escribió varios códigos incorrectos de su aplicación de autenticación. Sin un código, el acceso no abre nada.
