# Formas de pago guardadas, pago automático y las cartas que tratan de ellos.

## Formas de pago

methods-title = Formas de pago
methods-intro = Con una forma guardada se paga en dos toques, y el pago automático puede usarla. El número lo guarda nuestro procesador de pagos; nosotros nunca lo vemos.
methods-none = Todavía no hay nada guardado.
methods-first = Se ofrece primero
methods-expired = Vencida
methods-expires = Válida hasta { $day }
methods-bank-kind = { $kind ->
    [savings] Cuenta de ahorros
   *[checking] Cuenta de cheques
}
methods-charged = El pago automático usa esta.
methods-made-first = Desde ahora se ofrece primero.
methods-make-first = Ofrecer primero
methods-remove = Quitar
methods-add = Agregar una forma de pago
methods-add-card = Agregar una tarjeta
methods-add-bank = Agregar una cuenta bancaria
methods-saved = Guardada. Ya puede pagar con ella.
methods-waiting = Todavía no está lista: el banco la está verificando. Aparecerá aquí en cuanto se pueda usar.
methods-removed = Quitada. Ya no se le cobrará.
methods-removal-title = ¿Quitar esta forma de pago?
methods-removal-autopay = El pago automático la usa y termina con ella. Después usted pagaría cada factura por su cuenta o se inscribiría de nuevo con otra forma.
methods-removal-text = El procesador de pagos la olvida. Los pagos que hizo con ella siguen en su historial.
methods-keep = Conservarla

pay-by-other-card = Otra tarjeta
pay-by-other-bank = Otra cuenta bancaria
pay-at-once = Al presionar el botón, se cobra de inmediato con esta forma de pago.

sandbox-setup-title = Guardar un número de prueba
sandbox-setup-text = Ahora no se cobra nada. Lo que dé aquí se puede cobrar después.
sandbox-setup-button = Guardar
sandbox-setup-back = Volver sin guardar
sandbox-setup-mandate = Al guardar, usted permite débitos de la cuenta de prueba, cada vez que lo pida o por pago automático.

## Pago automático

autopay-title = Pago automático
autopay-on = Activado
autopay-off = Desactivado
autopay-paused = En pausa
autopay-paused-until = En pausa hasta
autopay-intro = Cobramos cada factura automáticamente, para que nunca se atrase. Usted ve antes la fecha y el monto, puede fijar un límite y puede cancelarlo cuando quiera.
autopay-when = Cuándo
autopay-on-due = En la fecha de vencimiento
autopay-on-chosen = En un día que usted elija
autopay-on-day = El día { $day } del mes
autopay-day = Día del mes
autopay-day-hint = Cuenta solo si elige un día. Cae al menos diez días después de la factura y no después de su vencimiento; si no puede ser, cobramos en la fecha de vencimiento.
autopay-cap = Máximo por cobro
autopay-cap-hint = Déjelo vacío para no poner límite. Si una factura es mayor, no cobramos nada y le avisamos.
autopay-no-cap = Sin límite
autopay-next = Lo que sigue
autopay-bill = Factura que vence el { $day }
autopay-will-charge = Incluida: { $amount } el { $day }.
autopay-charged = Cobrada: { $amount } está en camino.
autopay-was-refused = El cobro fue rechazado. Por favor páguela usted.
autopay-see-bill = Ver la factura
autopay-no-bill = No hay ninguna factura pendiente.
autopay-late = { $amount } está vencido. El pago automático lo cobra solo junto con su próxima factura.
autopay-later-bills = Cada factura siguiente se cobra igual. El monto está en la factura y le avisamos otra vez tres días antes.
autopay-skip = { $skip ->
    [covered] No se cobra: la paga dinero que ya está en camino.
    [over_cap] No se cobra: supera su límite. Por favor páguela usted.
    [paused] No se cobra: ese día el pago automático está en pausa. Por favor páguela usted.
    [too_soon] No está incluida: vence demasiado pronto para avisarle a tiempo. Por favor páguela usted.
    [too_small] No se cobra: es menos que el pago mínimo. Queda en su cuenta.
    [canceled] No se cobra: la factura fue anulada.
    [held] No se cobra: el cobro de esta cuenta está suspendido. Llámenos sobre esta factura.
   *[nothing_owed] No se cobra: no se debe nada, o lo que queda está en disputa.
}
autopay-skip-unsaid = No se cobra. Llámenos acerca de esta factura.
autopay-end = { $why ->
    [removed] Usted quitó la tarjeta o cuenta bancaria que usaba.
    [returned] Un pago fue devuelto o disputado, así que su autorización ya no es válida. Puede inscribirse de nuevo.
    [declined] Su tarjeta o banco rechaza los cobros. Puede inscribirse de nuevo con otra forma de pago.
   *[stopped] Usted lo canceló.
}
autopay-takes = El pago automático cobrará { $amount } el { $day }. No hace falta que lo pague aquí.
home-autopay = El pago automático cobrará { $amount } el { $day }.
autopay-pause = Pausar el pago automático
autopay-pause-until = Empezar de nuevo el
autopay-pause-hint = Las facturas cuyo día llegue antes no se cobran. Esas las paga usted.
autopay-resume = Seguir ahora
autopay-is-paused = No se cobra nada antes del { $day }. Las facturas que el pago automático cobraría antes las paga usted.
autopay-goes-on = El pago automático sigue, y vuelve a cobrar las próximas facturas.
autopay-stop = Cancelar el pago automático
autopay-stopped = El pago automático está desactivado. Ya no se cobra nada automáticamente.
autopay-join = Inscribirse en el pago automático
autopay-joined = El pago automático está activado. Le enviamos una copia de lo que aceptó.
autopay-change = Cambiar el pago automático
autopay-needs-method = El pago automático necesita una tarjeta o cuenta bancaria guardada.
autopay-look = Ver qué va a pasar
autopay-choose-method = Elija una forma de pago.
autopay-choose-day = Elija un día del 1 al 28.
autopay-choose-until = Elija un día que esté por venir.
autopay-check-title = Revise el pago automático
autopay-words = Lo que usted acepta
autopay-agree = Acepto
autopay-must-agree = Diga que acepta o vuelva atrás.
autopay-copy = Guardamos estas palabras con la fecha y le enviamos una copia.
autopay-agreed = Lo que usted aceptó
autopay-agreed-by = Aceptado por { $who } el { $day }.

autopay-agreement = Autorizo a { -utility } a cobrar automáticamente de { $method } lo que venza en la cuenta { $account }: nunca más de lo que deba en ese momento.
autopay-agreement-due = Cada factura se cobra en su fecha de vencimiento.
autopay-agreement-day = Cada factura se cobra el día { $day } del mes si cae al menos diez días después de la factura y no después de su vencimiento; si no, en su fecha de vencimiento.
autopay-agreement-cap = No se cobra nada si vence de una vez más de { $cap }; entonces pago yo.
autopay-agreement-rest = El monto varía. La factura lo dice al menos diez días antes y se me avisa otra vez tres días antes de cada cobro. Si un cobro se rechaza por el momento, por ejemplo por falta de fondos, se puede intentar hasta dos veces más. Puedo cancelar o pausar cuando quiera, en línea o llamando al { $phone }; si aviso tres días hábiles antes de un cobro, la cancelación siempre llega a tiempo. Esto vale hasta que yo lo cancele, o un pago sea devuelto o disputado.

## Cartas

notice-autopay-joined-subject = Se inscribió en el pago automático
notice-autopay-joined-text = El pago automático está activado para la cuenta { $account } desde el { $day }. Esta es la copia de lo que usted aceptó:
notice-autopay-keep = Por favor consérvela.
notice-autopay-ahead-subject = El pago automático cobrará su factura
notice-autopay-ahead-text = El pago automático cobrará { $amount } de la cuenta { $account } el { $day } con { $method }.
notice-autopay-ahead-by-letter = El pago automático cobrará { $amount } de la cuenta { $account } con { $method } el { $day }. Si esta carta se envía tarde, lo cobrará después: no antes de { $days } días desde el envío.
notice-autopay-ahead-change = No tiene que hacer nada. Si no quiere este cobro, cancele o pause el pago automático antes de ese día.
notice-autopay-skipped-subject = El pago automático no paga esta factura
notice-autopay-skipped-text = La factura de la cuenta { $account }, que vence el { $day }, no se paga con el pago automático.
notice-autopay-refused-subject = El pago automático no pudo cobrar su factura
notice-autopay-refused-text = El cobro de { $amount } de la cuenta { $account } fue rechazado. No se pagó nada.
notice-autopay-refused-stop = No lo intentaremos otra vez. Por favor pague de otra manera.
notice-autopay-refused-again = Lo intentaremos otra vez el { $day }. Si paga antes, no se cobra nada.
notice-autopay-ended-subject = El pago automático está desactivado
notice-autopay-ended-text = El pago automático de la cuenta { $account } terminó. Por favor pague sus facturas usted.
notice-autopay-action = Ver el pago automático

## La oficina

account-autopay = Pago automático
account-autopay-due = { $method }, al vencimiento
account-autopay-day = { $method }, el día { $day }
account-autopay-paused = en pausa hasta el { $day }
account-autopay-off = No
account-autopay-stop = Cancelar el pago automático
account-autopay-stop-hint = Desde entonces no se cobra nada automáticamente y se avisa al cliente. Solo el cliente puede volver a autorizarlo.
account-autopay-stop-now = Cancelarlo ahora
account-autopay-stopped = El pago automático está cancelado y se avisó al cliente.
