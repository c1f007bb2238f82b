# The second factor: codes of an authenticator app, and recovery codes for whoever lost it.

## The code at the sign-in

code-title = Escriba su código
code-label = Código de seis dígitos de su aplicación de autenticación
code-action = Continuar
code-missing = Escriba el código que se pide.
code-wrong = Ese código no corresponde o ya se usó. Espere el siguiente.
recovery-instead = No tengo la aplicación a mano
recovery-back = Usar la aplicación
recovery-label = Código de recuperación
recovery-hint = Uno de los diez códigos que guardó, como K7QM-2XWP-B4HD-9RTA. Cada uno sirve una vez.
recovery-lost = Sin la aplicación ni los códigos, llámenos: cuando sepamos que es usted, desactivamos los códigos.

## Turning it on and off

factor-title = Códigos de una aplicación
factor-is-on = Activados
factor-is-off = Desactivados
factor-off = El acceso pide solo su contraseña. Con un código de una aplicación en su teléfono, una contraseña robada no abre nada.
factor-about = Necesita una aplicación de autenticación, como la de su teléfono o la de su administrador de contraseñas. Funciona sin red.
factor-begin = Configurar códigos
factor-change = Cambiar
factor-waits = La clave espera 15 minutos. Después, empiece de nuevo.
factor-on = El acceso pide su contraseña y un código de su aplicación.
factor-remove = Desactivar los códigos
factor-remove-text = Después, el acceso pedirá solo su contraseña y sus códigos de recuperación no abrirán nada. Se cierra la sesión en los demás dispositivos.
factor-removed = Los códigos están desactivados. Se cerró la sesión en los demás dispositivos.
factor-code = Código de su aplicación, o un código de recuperación
factor-code-hint = Seis dígitos de la aplicación. Sin la aplicación, uno de sus códigos de recuperación.
recovery-title = Sus códigos de recuperación
recovery-once = Si pierde la aplicación, cada uno de estos códigos le permite entrar una vez en su lugar. Se muestran solo ahora: anótelos o imprímalos.
recovery-keep = Guárdelos con sus papeles importantes, no en el teléfono de la aplicación.
recovery-kept = Ya los guardé
recovery-renew = Crear códigos de recuperación nuevos
recovery-renew-text = Recibe diez códigos nuevos. Los anteriores ya no abren nada y se cierra la sesión en los demás dispositivos.
recovery-left = { $count ->
    [0] No queda ningún código de recuperación. Cree otros nuevos.
    [1] Queda 1 código de recuperación. Cree otros nuevos pronto.
   *[other] Quedan { $count } códigos de recuperación.
}

## The office

account-login-factor = Entra con códigos de una aplicación
account-factor-off = Desactivar los códigos
account-factor-hint = Para quien perdió la aplicación y los códigos de recuperación. Antes asegúrese de que es el cliente: después basta la contraseña. Se le avisa por correo electrónico.
account-factor-check = ¿Cómo se aseguró de quién es?
identity-check = { $check ->
    [document] Mostró un documento con foto
    [called_back] Llamé al número que figura en la cuenta
    [answers] Contestó preguntas sobre facturas, pagos o el medidor
   *[other] { $check }
}
account-factor-now = Desactivar los códigos ahora
account-factor-done = Los códigos están desactivados, se cerró la sesión en todos los dispositivos y se avisó al cliente.

## Letters

notice-factor-on-subject = Los códigos están activados
notice-factor-on-text = Desde ahora su acceso a { -utility-short } pide, después de la contraseña, un código de su aplicación de autenticación. Se cerró la sesión en los demás dispositivos.
notice-factor-off-subject = Los códigos están desactivados
notice-factor-off-text = Desde ahora su acceso a { -utility-short } pide solo su contraseña. Se cerró la sesión en los demás dispositivos.
notice-factor-office-text = Alguien que dijo ser usted llamó a nuestra oficina y pidió desactivar los códigos de su acceso a { -utility-short }. Desde ahora pide solo su contraseña, y se cerró la sesión en todos los dispositivos.
notice-recovery-made-subject = Códigos de recuperación nuevos
notice-recovery-made-text = Se crearon diez códigos de recuperación nuevos para su acceso a { -utility-short }. Los anteriores ya no abren nada.
notice-recovery-used-subject = Se usó un código de recuperación
notice-recovery-used-text = { $left ->
    [0] Se usó un código de recuperación para su acceso a { -utility-short } en lugar de su aplicación. No queda ninguno: cree otros nuevos.
    [1] Se usó un código de recuperación para su acceso a { -utility-short } en lugar de su aplicación. Queda uno: cree otros nuevos pronto.
   *[other] Se usó un código de recuperación para su acceso a { -utility-short } en lugar de su aplicación. Quedan { $left }.
}
notice-factor-action = Ver su acceso
notice-factor-otherwise = Si no fue usted, elija enseguida una contraseña nueva y llámenos.

## Llaves de acceso

passkeys-title = Llaves de acceso
passkeys-none = Entre con el dedo, la cara o el PIN de su dispositivo, sin escribir una contraseña. Nadie puede sacarle una llave de acceso con engaños.
passkeys-count = { $count ->
    [1] 1 dispositivo le permite entrar sin contraseña.
   *[other] { $count } llaves de acceso le permiten entrar sin contraseña.
}
passkeys-about = Una llave de acceso la guarda su teléfono, su computadora o su administrador de contraseñas. Se abre con el dedo, la cara o un PIN, sirve solo para nuestro sitio y vale por la contraseña y el código. Su contraseña sigue funcionando.
passkey-made = Creada { $made }
passkey-used = usada por última vez { $used }
passkey-new = Crear una llave de acceso
passkey-no-device = Este navegador no crea llaves de acceso. Pruebe con otro navegador o con su teléfono.
passkey-name = Nombre
passkey-name-hint = Para reconocerla después, por ejemplo el dispositivo en que está.
passkey-name-long = Acorte el nombre a 60 letras.
passkey-ask-title = Su dispositivo le pregunta
passkey-ask-new = Presione el botón y siga lo que dice su dispositivo: crea la llave y la guarda.
passkey-ask-any = Presione el botón y siga lo que dice su dispositivo.
passkey-ask-action = Continuar
passkey-failed-new = Su dispositivo no creó ninguna llave, o ya tiene una para nosotros. No cambió nada; vuelva a intentarlo.
passkey-failed-any = Su dispositivo no mostró ninguna llave de acceso. Vuelva a intentarlo o entre con su contraseña.
passkey-instead = Entrar con mi contraseña
passkey-back = Volver
passkey-sign-in = Entrar con una llave de acceso
passkey-wrong = Esa llave de acceso no abre nada aquí, o la página esperó más de cinco minutos. Vuelva a intentarlo o entre con su contraseña.
passkey-added = La llave de acceso es suya. La próxima vez, entre con ella.
passkey-not-made = No se creó ninguna llave: la página esperó demasiado o la respuesta no correspondía. Vuelva a intentarlo.
passkey-remove = Quitar
passkey-remove-title = Quitar esta llave de acceso
passkey-remove-text = Después, { $name } ya no le permite entrar y se cierra la sesión en los demás dispositivos. Quítela también de su dispositivo: allí queda hasta que lo haga.
passkey-removed = Se quitó la llave de acceso. Se cerró la sesión en los demás dispositivos.

notice-passkey-added-subject = Se creó una llave de acceso
notice-passkey-added-text = La llave de acceso «{ $name }» ya le permite entrar en { -utility-short } sin contraseña. Si no la creó usted, quítela en «Acceso y seguridad».
notice-passkey-removed-subject = Se quitaron llaves de acceso
notice-passkey-removed-text = Ya no permite entrar en { -utility-short }, porque se quitó de su acceso: { $name }. Se cerró la sesión en los demás dispositivos.
