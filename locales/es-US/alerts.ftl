# De qué se avisa al cliente: la página, el número para mensajes, el enlace que termina un tipo; y lo que la oficina ve de ello.

alerts-title = Avisos
alerts-about = De la cuenta { $account }. Los correos van a { $email }.
alerts-kind = { $kind ->
    [bill_ready] Una factura nueva
    [due_soon] Un pago vence pronto
    [past_due] Un pago está vencido
    [payment_received] Recibimos un pago
    [payment_failed] Un pago no se realizó
    [high_usage] Consumo más de lo esperado
    [budget_ahead] Mi próxima factura o mi consumo va a superar mi presupuesto
    [tier_ahead] Estoy por llegar a un escalón de precio más alto
    [leak] Puede haber una fuga o algo encendido sin que se note
    [outage] Un servicio está interrumpido en mi domicilio
    [planned_work] Se planean trabajos que interrumpen un servicio
    [urgent_notice] Avisos urgentes, como hervir el agua
    [appointment] Alguien de su personal viene a mi domicilio
   *[high_bill] Una factura supera un monto mío
}
alerts-kind-hint = { $kind ->
    [bill_ready] Si su factura misma va por correo electrónico, ese correo llega en todo caso.
    [due_soon] Cinco días antes del vencimiento, si queda algo sin pagar.
    [past_due] Tres días después del vencimiento, si queda algo sin pagar.
    [payment_received] El recibo.
    [payment_failed] Su banco o tarjeta rechazó un pago o lo retiró.
    [high_usage] El consumo por día de una factura nueva, comparado con la misma temporada del año pasado.
    [budget_ahead] Durante el período, desde su segunda semana, si su medidor informa por sí mismo. Deje un monto vacío si no quiere presupuesto.
    [tier_ahead] Antes de que su consumo llegue a un escalón en el que cada unidad cuesta más: cuál, más o menos cuándo y a qué precio.
    [leak] Cuando las horas de su medidor parecen una fuga, un inodoro que pierde agua o un aumento repentino.
    [outage] Cuando empieza, cuándo esperamos que vuelva el servicio y cuando vuelve.
    [planned_work] Cuando se planean, se cambian o se cancelan.
    [urgent_notice] A cualquier hora.
    [appointment] Cuando se planea, se cambia o se suspende, y el día antes.
   *[high_bill] Cuando una factura nueva lo supera.
}
alerts-over = { $kind ->
    [due_soon] Solo si queda sin pagar más de este monto, en dólares
    [high_usage] Cuánto más de lo esperado, en porcentaje
    [budget_ahead] Mi presupuesto por factura, en dólares
   *[high_bill] Si la factura supera este monto, en dólares
}
alerts-budget-units = { $service ->
    [water] Mi presupuesto de agua por factura, en galones
   *[electric] Mi presupuesto de electricidad por factura, en kWh
}
alerts-units-wrong = { $service ->
    [water] Escriba un número entero de galones entre 1 y 10,000,000, como 3,000, o déjelo vacío.
   *[electric] Escriba un número entero de kWh entre 1 y 10,000,000, como 700, o déjelo vacío.
}
alerts-always = Siempre por correo electrónico: puede costarle un cargo o su servicio.
alerts-always-urgent = Siempre por correo electrónico, y por mensaje de texto al número que los recibe: su salud puede depender de ello.
alerts-by-email = Por correo electrónico
alerts-by-text = Por mensaje de texto
alerts-save = Guardar mis avisos
alerts-saved = Sus avisos están guardados.
alerts-amount-wrong = Escriba un monto en dólares entre 0 y 100,000, como 150.
alerts-percent-wrong = Escriba un porcentaje entero entre 1 y 1,000, como 50.

alerts-texts-title = Mensajes de texto a su teléfono
alerts-number = Número de celular
alerts-number-hint = Un número de los Estados Unidos. Le enviamos un código para comprobar que es suyo.
# Regulated: 47 CFR 64.1200 (TCPA): kept word for word with the number.
alerts-consent = Quiero recibir en este número avisos por mensaje de texto sobre mi cuenta de servicios. La frecuencia varía. Pueden aplicarse tarifas de mensajes y datos. Responda ALTO para terminar, AYUDA para obtener ayuda. Los mensajes no son condición del servicio.
alerts-consent-needed = Para recibir mensajes de texto, acéptelos.
alerts-number-wrong = Escriba un número de celular de los Estados Unidos con diez cifras.
alerts-number-give = Enviarme un código
alerts-code-sent = Le enviamos un código por mensaje de texto. Sirve durante 15 minutos.
alerts-number-waits = Escriba el código que enviamos al número que termina en { $number }.
alerts-code = Código
alerts-code-check = Comprobar el código
alerts-code-wrong = Este código no sirve. Léalo otra vez, o quite el número y empiece de nuevo.
alerts-number-proved = Este número recibe ahora sus mensajes. Elija arriba de qué avisarle.
alerts-number-open = Los mensajes van al número que termina en { $number }.
alerts-number-stopped = El número que termina en { $number } nos pidió no enviarle mensajes. Envíe INICIO a nuestro número para recibirlos otra vez.
alerts-number-remove = Quitar este número
alerts-number-removed = Ya no enviamos mensajes a este número.

mailbox-text-message = Mensaje de texto

leave-title = Dejar de recibir correos
leave-text = Con el botón de abajo deja de recibir correos de este tipo:
leave-account = Sobre la cuenta { $account }.
leave-copies = Con el botón de abajo deja de recibir copias de los avisos de pago vencido de esta cuenta. Se lo decimos a quien nos pidió enviarlas.
leave-copies-done = Ya no recibirá copias de esta cuenta.
leave-action = No recibir estos correos
leave-copies-again = Para volver a recibir copias, pida otra invitación al titular de la cuenta.
leave-done = Ya no recibe correos de este tipo:
leave-go-on = Lo que sigue llegando: sus facturas y lo que tiene consecuencias, como un pago vencido o que no se realizó, un corte del servicio o un aviso urgente. Los mensajes de texto llegan como antes; ALTO los termina.
leave-again = ¿Cambió de opinión, o fue otra persona quien presionó el botón?
leave-again-action = Quiero recibir estos correos otra vez
leave-back = Estos correos llegan otra vez:
leave-else = Puede elegir todos sus avisos cuando haya entrado:

outbox-title = Lo que se avisó
outbox-filter = Estado
outbox-no-server = No hay un servidor de correo (SMTP_URL): el correo espera aquí hasta que lo haya.
outbox-in-folder = No hay un servidor de correo (SMTP_URL): el correo espera aquí y cada mensaje está también como archivo en { $folder }.
outbox-all = Todo
outbox-account = Cuenta
outbox-created = Escrito
outbox-sent = Salió
outbox-delivered = Llegó
outbox-error = Por qué falló
outbox-within = Salió con otros en
outbox-no-words = No se guardan palabras: todavía no ha salido, o llevaba un secreto.

returned-title = Cartas devueltas
returned-text = Escriba el código de una carta que el correo devolvió: el número de la factura, o el código que está sobre la dirección. Sale enseguida por otra vía, y la cuenta muestra que alguien debe revisar la dirección.
returned-number = Código o número de factura
returned-number-hint = Los doce dígitos sobre la dirección.
returned-why = Lo que el correo escribió en ella
returned-action = Anotar la devolución
returned-done = La devolución está anotada, y lo que la carta llevaba salió por otra vía donde la hay.
returned-no-bill = Ninguna factura ni carta tiene este código. Léalo otra vez en la carta.
returned-not-out = No se envió ninguna carta con este código, o su devolución ya se anotó.

contact-failing = El correo vuelve
address-trust = Funciona otra vez
address-trusted = El correo va otra vez a esta dirección.

today-first-attempts = Facturas entregadas al primer intento
today-percent = { $percent } %
today-deliveries = de { $bills } en 35 días
