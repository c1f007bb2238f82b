# Level payment plans (budget billing): at the customer's door, on bills, in the office, and the letters about them.

budget-plan-title = Plan de pago nivelado
budget-plan-profile = Pague casi lo mismo con cada factura
budget-plan-on = Activo
budget-plan-off = Inactivo
budget-plan-intro = Usted paga casi lo mismo con cada factura. Seguimos facturando lo que usa de verdad y llevamos la cuenta de la diferencia: lo que queda aplazado o lo que pagó por adelantado. Los dos montos están en cada factura. No se cobra cargo por mora sobre lo aplazado ni se corta el servicio por ello.
budget-plan-variant = { $variant ->
    [fixed] Monto fijo, revisado durante el año
    [rolling] Promedio móvil
   *[equal] Montos iguales, liquidados al final del año
}
budget-plan-variant-hint = { $variant ->
    [fixed] El promedio de sus últimas facturas. Lo revisamos algunas veces al año, y tras un año se acredita lo que pagó de más; lo que falta se reparte en el año siguiente.
    [rolling] Cada factura pide el promedio de sus últimas facturas, incluida esa, y una parte de la diferencia hasta entonces. Nada se liquida mientras siga en el plan.
   *[equal] El promedio de sus últimas facturas, igual hasta la última factura del año, que liquida la diferencia.
}
budget-plan-choose = Cómo se calcula el monto
budget-plan-settle = Lo que falta al final del año
budget-plan-settle-way = { $settle ->
    [pay] se paga con la última factura del año
   *[spread] se reparte en las facturas del año siguiente
}
budget-plan-settle-hint = Solo para montos iguales. Lo que pagó de más siempre se descuenta de la última factura.
budget-plan-look = Ver los montos
budget-plan-would = Lo que habrían pedido sus últimas facturas
budget-plan-ended = Factura hasta
budget-plan-charges = Cargos reales
budget-plan-asked = Pedido
budget-plan-difference-after = Aplazado con ella
budget-plan-monthly = Cada factura pide
budget-plan-about = unos { $amount } al principio
budget-plan-words = Lo que usted acepta
budget-plan-agree = Acepto estas palabras
budget-plan-must-agree = Marque la casilla para aceptar las palabras de arriba.
budget-plan-join = Empezar el plan
budget-plan-joined = El plan está activo. Su próxima factura pide el monto nivelado.
budget-plan-changed = El monto cambió desde que lo vio. Léalo otra vez y acepte de nuevo.
budget-plan-not-possible = Hoy no es posible
budget-plan-instead = Llámenos al { $phone }: lo vemos con usted.
budget-plan-put-off = Facturado y aún no pedido
budget-plan-ahead = Pagado por adelantado
budget-plan-now = Pedido ahora
budget-plan-whole = Debido en total
budget-plan-since = Acordado
budget-plan-agreed-by = Acordado por { $by } el { $on }.
budget-plan-agreed = Las palabras que se aceptaron
budget-plan-bills = Facturas del plan
budget-plan-bills-none = No ha llegado ninguna factura desde que empezó el plan.
budget-plan-canceled = Anulada
budget-plan-steps = Lo que pasó
budget-plan-step = { $kind ->
    [enrolled] Plan acordado
    [reviewed] Monto cambiado
    [settled] Diferencia liquidada
   *[ended] Plan terminado
}
budget-plan-step-monthly = { $amount } con cada factura
budget-plan-step-asked = { $amount } pedidos
budget-plan-step-credited = { $amount } acreditados
budget-plan-state = { $state ->
    [open] En vigor
    [left] El cliente lo dejó
    [ended] Terminado por la oficina
    [removed] Terminado, no se pagaron las facturas
   *[final] Liquidado con la última factura
}
budget-plan-leave = Dejar el plan
budget-plan-leave-owed = Si lo deja hoy, se le piden los { $amount } aplazados para el { $on }.
budget-plan-leave-credit = Si lo deja hoy, los { $amount } que pagó por adelantado se acreditan a su cuenta.
budget-plan-leave-even = Si lo deja hoy, no se pide nada más por lo facturado hasta ahora.
budget-plan-leave-now = Dejarlo ahora
budget-plan-left = El plan ha terminado.
budget-plan-see = Ver el plan
budget-plan-home-off = Su plan aplaza { $amount } de lo facturado.
budget-plan-home-ahead = Ha pagado { $amount } más de lo facturado.
budget-plan-home-even = Se le ha pedido lo que se ha facturado.
budget-plan-why = Aquí se compara lo cobrado por el servicio. Su plan de pago nivelado pide { $amount } por esta factura.
budget-plan-bill-title = Con su plan de pago nivelado
budget-plan-bill-asked = Esta factura pide
budget-plan-bill-off = Aplazado por su plan de pago nivelado
budget-plan-bill-ahead = Pedido por adelantado por su plan de pago nivelado
budget-plan-bill-difference = Aplazado en total, no vence ahora
budget-plan-bill-difference-ahead = Pagado por adelantado en total
budget-plan-refused-class = Las cuentas de esta clase no tienen plan de pago nivelado.
budget-plan-refused-already = Hay un plan en vigor.
budget-plan-refused-not-active = La cuenta no recibe servicio ni facturas.
budget-plan-refused-ledger = Los libros no tienen cuenta para lo que los planes aplazan: falta la función budget-billing del plan contable.
budget-plan-refused-history = Un promedio necesita { $need } facturas, y hay { $have }.
budget-plan-refused-nothing = Las últimas facturas no suman nada.
budget-plan-refused-past-due = { $amount } están vencidos. Páguelos primero o pida más tiempo.
budget-plan-refused-removed = Un plan terminó porque no se pagaron sus facturas. Otro es posible desde el { $on }.
budget-plan-agreement-fixed = Pago montos nivelados en la cuenta { $account }: { $amount } con cada factura, el promedio de mis últimas { $bills } facturas. El monto se revisa durante el año y cambia si el promedio se aleja de él más del { $percent } por ciento. Tras { $year } facturas se me acredita un excedente de { $least } o más, y lo demás se reparte en las { $year } facturas siguientes.
budget-plan-agreement-rolling = Pago montos nivelados en la cuenta { $account }: con cada factura el promedio de mis últimas { $bills } facturas, incluida esa, y una parte de { $year } de la diferencia entre lo facturado y lo pedido hasta entonces. Hoy el promedio es { $amount }.
budget-plan-agreement-equal = Pago montos nivelados en la cuenta { $account }: { $amount } con cada factura, el promedio de mis últimas { $bills } facturas. La última de cada { $year } facturas liquida: un excedente se descuenta de ella, y un déficit { $settle ->
    [pay] se paga con ella.
   *[spread] se reparte en las { $year } facturas siguientes.
}
budget-plan-agreement-rest = No se aplazan más de { $most } en total; lo que pase de ahí se pide con la factura. Puedo dejar el plan cuando quiera. Cuando lo deje, cuando { $missed } facturas estén vencidas a la vez o cuando termine el servicio, lo aplazado vence en { $days } días y lo que pagué por adelantado se me acredita.

## Office

office-budget-plan-act = Plan nivelado
office-budget-plan-hint = Facturación nivelada: al cliente se le piden montos iguales, los libros guardan lo que se facturó de verdad.
office-budget-plan-read-aloud = Léalo al cliente
office-budget-plan-agreed = El cliente acepta estas palabras
office-budget-plan-made = El plan está activo.
office-budget-plan-end = Terminar el plan
office-budget-plan-end-hint = Lo aplazado vence, o lo pagado por adelantado se acredita. El motivo se guarda con el plan.
office-budget-plan-end-why = Motivo
office-budget-plan-end-now = Terminarlo ahora
office-budget-plan-ended = El plan ha terminado y su diferencia está liquidada.
office-budget-plan-none = No hay ningún plan en vigor.
office-budget-plan-words-missing = Escriba el motivo.
office-budget-plan-words-long = Escriba como máximo { $most } letras.
office-budget-plan-off = aplazados; debido en total { $whole }
office-budget-plan-ahead = pagados por adelantado; debido en total { $whole }

## Letters

notice-budget-joined-subject = Su plan de pago nivelado: lo que acordamos
notice-budget-joined-text = La cuenta que termina en { $account } tiene un plan de pago nivelado desde su próxima factura. Esto es lo que se acordó:
notice-budget-keep = Guarde esta carta. Los montos también están en la página del plan y en cada factura.
notice-budget-reviewed-subject = Cambia su monto nivelado
notice-budget-reviewed-text = Revisamos el plan de pago nivelado de la cuenta que termina en { $account }. Sus próximas facturas piden { $monthly } cada una en lugar de { $before }, porque cambió el promedio de sus últimas facturas.
notice-budget-off = { $amount } de lo facturado están aplazados hasta ahora. No vencen ahora.
notice-budget-ahead = Hasta ahora ha pagado { $amount } más de lo facturado.
notice-budget-settled-subject = Un año de su plan de pago nivelado
notice-budget-settled-text = Ha terminado un año del plan de pago nivelado de la cuenta que termina en { $account }.
notice-budget-settled-credit = Se acreditaron a su cuenta { $amount } que pagó por adelantado.
notice-budget-settled-spread = { $amount } aplazados se reparten en el año siguiente.
notice-budget-settled-lower = { $amount } que pagó por adelantado bajan los montos del año siguiente.
notice-budget-settled-monthly = Sus próximas facturas piden { $amount } cada una.
notice-budget-ended-subject = Su plan de pago nivelado ha terminado
notice-budget-ended-text = El plan de pago nivelado de la cuenta que termina en { $account } ha terminado. Sus próximas facturas piden lo que facturan.
notice-budget-removed-text = El plan de pago nivelado de la cuenta que termina en { $account } ha terminado porque no se pagaron sus facturas. Sus próximas facturas piden lo que facturan.
notice-budget-ended-owed = { $amount } aplazados vencen el { $on }. Si le cuesta pagarlos de una vez, pida más tiempo.
notice-budget-ended-credit = Se acreditaron a su cuenta { $amount } que pagó por adelantado.
notice-budget-ended-even = No había nada aplazado.
notice-budget-action = Ver el plan
