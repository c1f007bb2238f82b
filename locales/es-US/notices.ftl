# Lo que enviamos por correo. El texto regulado lleva su norma encima.

notice-greeting = Hola, { $name }:
notice-sign-off = { -utility }
notice-do-not-answer = Nadie lee este buzón. Para hablar con nosotros, llame al { $phone }.
notice-why = Recibe este mensaje porque tiene una cuenta con { -utility-short }.

# If the address is somebody else's, nothing happens without the password and this link.
notice-verify-email-subject = Confirme su correo electrónico
notice-verify-email-text = Confirme este correo para terminar de crear su acceso a { -utility-short }. El enlace sirve durante dos días y pide la contraseña que eligió.
notice-verify-email-action = Confirmar mi correo
notice-verify-email-otherwise = Si usted no lo pidió, no haga caso de este mensaje: nada ocurre sin la contraseña y este enlace.

notice-already-registered-subject = Usted ya tiene un acceso
notice-already-registered-text = Alguien, probablemente usted, pidió un acceso nuevo a { -utility-short } con este correo. Ya tiene uno: inicie sesión y elija «Agregar una cuenta». Si olvidó su contraseña, ahí puede elegir una nueva.
notice-already-registered-action = Ir a la página de acceso

notice-reset-password-subject = Elija una contraseña nueva
notice-reset-password-text = Alguien, probablemente usted, pidió una contraseña nueva para su acceso a { -utility-short }. El enlace sirve durante una hora.
notice-reset-password-action = Elegir una contraseña nueva
notice-reset-password-otherwise = Si usted no lo pidió, no haga caso de este mensaje: su contraseña no cambia.

notice-password-changed-subject = Su contraseña cambió
notice-password-changed-text = La contraseña de su acceso a { -utility-short } cambió y se cerró la sesión en todos los dispositivos.
notice-password-changed-otherwise = Si no fue usted, elija una contraseña nueva de inmediato y llámenos.

notice-account-added-subject = Se agregó una cuenta a su acceso
notice-account-added-text = La cuenta { $account } ya se puede ver y pagar con su acceso a { -utility-short }.
notice-account-added-otherwise = Si no fue usted, llámenos.

notice-account-followed-subject = Su cuenta se puede ver en línea
notice-account-followed-text = La cuenta { $account } se agregó a un acceso a { -utility-short }, que desde ahora puede verla y pagarla. Se comprobó con la última factura o con un código que enviamos por correo postal.
notice-account-followed-otherwise = Si fue usted o alguien que conoce, no tiene que hacer nada. Si no, llámenos y quitamos la cuenta de ese acceso.

notice-account-taken-subject = Se quitó una cuenta de su acceso
notice-account-taken-text = La cuenta { $account } ya no se puede ver ni pagar con su acceso a { -utility-short }.
notice-account-taken-otherwise = Si la cuenta es suya, llámenos, o pida un código por correo postal y agréguela de nuevo.

notice-claim-code-subject = Su código
notice-claim-code-text = Con este código puede ver y pagar en línea la cuenta { $account }. Escríbalo en las próximas tres semanas donde se pide el monto de su última factura o un código:
notice-claim-code-otherwise = Si usted no lo pidió, puede tirar esta carta. Nunca le lea el código a alguien que le llame.

notice-payment-received-subject = Recibimos su pago
notice-payment-received-text = Su pago de { $amount } ya está registrado en la cuenta { $account }. Vale desde el { $day }. Gracias.
notice-payment-received-action = Ver el pago
notice-payment-number = Número de recibo { $number }

notice-payment-failed-subject = Su pago no se realizó
notice-payment-failed-text = Su pago de { $amount } para la cuenta { $account }, hecho el { $day }, fue rechazado antes de llegar a nosotros. No se pagó nada y lo que debe sigue igual.
notice-payment-failed-action = Pagar de otra manera

notice-payment-returned-subject = Su pago fue devuelto
notice-payment-returned-text = Su pago de { $amount } para la cuenta { $account }, hecho el { $day }, fue anulado. Lo que había pagado se debe otra vez, desde sus propias fechas de vencimiento.
notice-payment-returned-why = El motivo que nos dieron: { $words }
notice-payment-returned-mistake = Lo habíamos registrado por error. Usted no debe ningún cargo por eso.
notice-payment-returned-fee = Se cobró el cargo por pago devuelto, { $fee }.

notice-refund-given-subject = Su dinero está en camino de regreso
notice-refund-given-text = Devolvimos { $amount } de la cuenta { $account } el { $day }. Una tarjeta o un banco puede tardar unos días en mostrarlo.
notice-refund-failed-subject = El dinero que devolvimos no llegó
notice-refund-failed-text = Devolvimos { $amount } de la cuenta { $account }, y su tarjeta o banco nos lo envió de vuelta. Ahora está en su cuenta. Llámenos y buscamos otra forma.

notice-staff-invitation-subject = Únase a la oficina
notice-staff-invitation-text = Tiene una invitación a la oficina de { -utility-short }. Elija una contraseña en los próximos siete días.
notice-staff-invitation-action = Aceptar la invitación

notice-bill-ready-subject = Su factura está lista
notice-bill-ready-text = La nueva factura de la cuenta { $account } es de { $total }.
notice-bill-ready-owed = Por favor pague { $balance } a más tardar el { $day }.
notice-bill-ready-both = Por favor pague { $total } a más tardar el { $day }. { $before } estaban pendientes de antes y conservan su fecha de vencimiento.
notice-bill-ready-before = Pague { $balance }. Ya se debía antes de esta factura y conserva su fecha de vencimiento.
notice-bill-ready-nothing = No hay nada que pagar.
notice-bill-ready-action = Ver la factura

# El enlace al pie de recordatorios y consejos.
notice-leave = No recibir más correos de este tipo
notice-pay-action = Pagar ahora

notice-due-soon-subject = Un pago vence pronto
notice-due-soon-text = { $amount } de la cuenta { $account } vence el { $day }.

notice-past-due-subject = Su pago está vencido
notice-past-due-text = { $amount } de la cuenta { $account } venció el { $day } y no se ha pagado.
notice-past-due-more-time = Si no puede pagarlo todo de una vez, pida más tiempo para pagar antes de que se agregue un cargo, en línea o por teléfono. Verá cada fecha y cada monto antes de aceptar.
notice-past-due-more-time-action = Pedir más tiempo
notice-past-due-wrong = Si cree que la factura está mal, usted tiene derecho a decirlo y a que le escuche alguien que puede corregirla: escríbanos en la página de la factura, llame al { $phone } o pida una reunión en persona o por teléfono. El monto que dispute no genera cargo por mora hasta que decidamos, y recibirá la decisión y sus razones por escrito.
notice-past-due-wrong-action = Esta factura parece incorrecta

notice-high-usage-subject = Usted consumió más de lo esperado
notice-high-usage-text = { $service } en la cuenta { $account }: el consumo por día de su factura nueva está { $percent } % por encima de lo que esperábamos según la misma temporada del año pasado. La factura cuenta { $used } { $unit }.
notice-high-usage-leak = Un inodoro que pierde agua o una fuga suele notarse así. Con toda el agua cerrada, mire si el medidor sigue moviéndose.

notice-high-bill-subject = Su factura supera el monto que usted fijó
notice-high-bill-text = La factura nueva de la cuenta { $account } es de { $total }. Usted pidió saber de facturas de más de { $limit }.

# El consumo de un período que sigue.
usage-of = { $service ->
    [water] agua
    [electric] electricidad
   *[gas] gas
}
notice-usage-action = Ver mi consumo
notice-usage-so-far = Esta factura contará los días del { $from } al { $last }. { $days ->
    [one] Hasta ahora se ha contado 1 de ellos
   *[other] Hasta ahora se han contado { $days } de ellos
}: { $used } { $unit } de { $service }.
notice-budget-subject = Probablemente supere su presupuesto
notice-budget-dollars = Su próxima factura de la cuenta { $account } probablemente sea de { $likely }, y de algo entre { $low } y { $high }. Es más que su presupuesto de { $limit }.
notice-budget-units = Su consumo de { $service } en la cuenta { $account } probablemente llegue a { $likely } { $unit } al final del período, y a algo entre { $low } y { $high }. Es más que su presupuesto de { $limit } { $unit }.
notice-budget-because = Usted fijó este presupuesto en su página de avisos. Se lo decimos una vez por factura.
notice-tier-subject = Un escalón de precio más alto está cerca
notice-tier-reached = En la cuenta { $account } su consumo de { $service } probablemente llegue a un escalón de precio más alto hacia el { $on }, cuando se hayan consumido { $begins } { $unit } en este período.
notice-tier-price = Es el escalón { $tier }, «{ $name }»: lo que consuma desde entonces cuesta { $price } por { $units }, en lugar de los { $before } de ahora.
notice-tier-because = Usted pidió en su página de avisos saber de los escalones de precio. Se lo decimos una vez por factura.
notice-leak-subject = Puede haber una fuga o algo encendido sin que se note
notice-leak-seen = { $kind ->
    [night_flow] En la cuenta { $account } el agua no se ha detenido entre la una y las cinco de la madrugada desde el { $since }: unos { $daily } { $unit } al día.
    [toilet] En la cuenta { $account } el medidor cuenta cantidades pequeñas y parejas en casi todas las horas de la noche desde el { $since }, como un inodoro que se llena solo: unos { $daily } { $unit } al día.
   *[change] En la cuenta { $account } usted consume unos { $daily } { $unit } de { $service } al día más desde el { $since } que en las cuatro semanas anteriores.
}
notice-leak-look = { $kind ->
    [night_flow] Cierre todas las llaves y mire el medidor. Si todavía se mueve, cierre la válvula de la casa; si se mueve aun así, la tubería en el suelo está rota, y debe llamarnos.
    [toilet] Ponga un poco de colorante de cocina en el tanque y espere quince minutos sin descargar: si hay color en la taza, la válvula del inodoro pierde agua.
   *[change] { $service ->
        [water] Busque una manguera, una piscina o un suavizador de agua que esté corriendo.
       *[electric] La calefacción, el aire acondicionado y las visitas son las razones comunes.
    }
}
notice-leak-because = Su medidor informa cada hora, y buscamos en sus horas fugas y consumos que no se notan. Se lo decimos una vez por factura.

notice-digest-subject = Novedades de sus cuentas
notice-digest-text = Varias cosas a la vez, en un solo mensaje:
notice-digest-action = Ver mi cuenta

# Mensajes de texto: quiénes somos, una cosa, cómo terminarlos.
text-signed = { -utility-short }: { $told } { $url } Responda ALTO para no recibir más.
text-code = { -utility-short }: su código es { $code }. Escríbalo en la página que se lo pidió. Nadie de nosotros se lo pedirá jamás.
text-bill-ready = Su factura nueva es de { $total } y vence el { $day }.
text-due-soon = { $amount } vence el { $day }.
text-past-due = { $amount } venció el { $day } y no se ha pagado. ¿Necesita más tiempo o está mal? Llame al { $phone }.
text-payment-received = Recibimos su pago de { $amount }. Gracias.
text-payment-failed = Su pago de { $amount } no se realizó. No se pagó nada.
text-payment-returned = Su pago de { $amount } fue devuelto y se debe otra vez.
text-refund-failed = Su reembolso de { $amount } no llegó. Está otra vez en su cuenta: llámenos, por favor.
text-autopay-ahead = El pago automático cobrará { $amount } el { $day }.
text-autopay-skipped = El pago automático no paga su factura que vence el { $day }. Páguela de otra manera, por favor.
text-autopay-ended = El pago automático terminó. Por favor pague sus facturas usted.
text-scheduled-not-made = Su pago de { $amount } planeado para el { $day } no se cobra.
text-high-usage = { $service }: su consumo diario está { $percent } % por encima del año pasado. Busque fugas o vea su factura.
text-high-bill = Su factura nueva de { $total } supera los { $limit } que usted fijó.
text-budget = Su próxima factura probablemente sea de { $likely }, más que su presupuesto de { $limit }.
text-budget-units = { $service }: probablemente consuma más que el presupuesto que fijó para esta factura.
text-tier = { $service }: hacia el { $on } probablemente llegue a un escalón de precio más alto, { $price } en lugar de { $before } por { $units }.
text-leak = { $kind ->
    [night_flow] El agua parece correr de día y de noche desde el { $since }. Por favor busque una fuga.
    [toilet] Un inodoro parece perder agua desde el { $since }.
   *[change] { $service }: su consumo subió de repente el { $since }.
}
# Regulated: 47 CFR 64.1200 and the carriers' rules: who sends, how to get help, how to end it.
text-help = Avisos de cuenta de { -utility-short }. Llame al { $phone } para obtener ayuda. Pueden aplicarse tarifas de mensajes y datos. Responda ALTO para no recibir más.
text-outage-unknown = { -utility-short }: no conocemos este número. Reporte una interrupción en { $page }/report o llame al { $phone }. Si huele a gas o ve un cable caído: salga y llame al 911.
text-outage-service = { -utility-short }: ¿qué servicio falta? Escriba SIN AGUA, SIN LUZ o SIN GAS. Si huele a gas o ve un cable caído: salga y llame al 911.
text-outage-place = { -utility-short }: ¿en cuál de sus domicilios? Escriba otra vez con el número de la casa, como SIN AGUA 123. Si huele a gas o ve un cable caído: salga y llame al 911.
text-outage-taken = { -utility-short }: gracias, recibimos su aviso: { $service }, { $place }. { $known ->
    [yes] Ya lo sabemos; vea cómo sigue: { $page }
   *[no] Lo estamos revisando: { $page }
} Si huele a gas o ve un cable caído: salga y llame al 911.
text-started = { -utility-short }: este número recibe mensajes de texto otra vez, de lo que su titular eligió en nuestro sitio. Responda AYUDA para obtener ayuda, ALTO para no recibir más.
text-stopped = { -utility-short }: no recibirá más mensajes de texto. Responda INICIO para recibirlos otra vez.

## Avisos con las palabras de la empresa

own-texts-title = Palabras de los avisos
own-texts-text = Lo que dicen los correos, las cartas y los mensajes de texto. Donde usted no escribe nada quedan nuestras palabras; lo que sostiene un acceso y lo que redacta la ley sigue siendo nuestro.
own-texts-mails = Correos y cartas
own-texts-texts = Mensajes de texto
own-texts-place = Lugar
own-texts-said = Lo que dice
own-texts-whose = De quién
own-texts-theirs = Suyas
own-texts-ours = Nuestras
own-texts-english = Inglés
own-texts-spanish = Español
own-texts-hint = Déjelo vacío para usar nuestras palabras. Los valores van entre llaves.
own-texts-look = Ver cómo se lee
own-texts-save = Usar estas palabras
own-texts-saved = Las palabras están guardadas. Valen para lo que se envíe desde ahora.
own-texts-preview = Cómo se lee
own-texts-our-words = Nuestras palabras
own-texts-values = Valores
own-texts-no-values = Este lugar no tiene ninguno.
own-texts-needed = Debe decirse
own-texts-too-long = Escriba como máximo { $most } letras.
own-texts-unclosed = Falta una llave: los valores van entre dos de ellas.
own-texts-unknown = Aquí no hay ningún valor { $name }.
own-texts-missing = Debe decirse el valor { $name }, entre llaves.
