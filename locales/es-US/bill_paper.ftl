# La factura en papel.

bill-pdf = Descargar PDF
paper-title = { $bill }, cuenta { $account }
paper-account = Cuenta
paper-number = Factura
paper-dated = Fecha de la factura
paper-questions = ¿Preguntas?
paper-due-by = Total a pagar a más tardar el { $day }
paper-nothing-due = Nada que pagar
paper-credit = Su saldo a favor es de { $amount }. Lo descontaremos de su próxima factura.
paper-pay-ways = Pague en { $site } o escanee el código del talón de abajo.
paper-service-at = Servicio en { $address }
paper-more-places = { $many ->
    [one] y 1 lugar más
   *[other] y { $many } lugares más
}
paper-period = Del { $from } al { $until } ({ $days ->
    [one] 1 día
   *[other] { $days } días
})
paper-compare = { $direction ->
    [less] Usted consumió { $percent } % menos { $service ->
        [water] agua
        [electric] electricidad
        [gas] gas
       *[other] {""}
    } que en el mismo mes del año anterior.
    [more] Usted consumió { $percent } % más { $service ->
        [water] agua
        [electric] electricidad
        [gas] gas
       *[other] {""}
    } que en el mismo mes del año anterior.
    [same] Usted consumió la misma cantidad { $service ->
        [water] de agua
        [electric] de electricidad
        [gas] de gas
       *[other] {""}
    } que en el mismo mes del año anterior.
   *[none] {""}
}
paper-charges = Sus cargos
paper-worked = Cómo se calcula
paper-rate = tarifa { $code }
paper-goes-on = Continúa en la página { $page }
paper-page = Página { $page } de { $pages }

## Usage and meters

paper-chart = { $service ->
    [water] Consumo de agua
    [electric] Consumo de electricidad
    [gas] Consumo de gas
   *[other] Consumo
}, { $unit }
paper-chart-words = { $service ->
    [water] Consumo de agua por mes
    [electric] Consumo de electricidad por mes
    [gas] Consumo de gas por mes
   *[other] Consumo por mes
} durante { $many ->
    [one] 1 mes
   *[other] { $many } meses
} en { $unit }: { $list }
paper-chart-month = { $month } { $used }{ $estimated ->
    [yes] {" "}(estimado)
   *[no] {""}
}
paper-reads = Lecturas del medidor
paper-meter = Medidor
paper-read-first = Anterior
paper-read-last = Actual

## Good to know

paper-messages = Información útil
paper-ask-title = Preguntas sobre esta factura
paper-ask-text = Llame al { $phone }. Cada línea, lectura y precio se explica en { $site }.
paper-contest-title = Si cree que hay un error
paper-contest-text = Llámenos o escríbanos antes de la fecha de vencimiento. Una persona que puede corregir la factura le escuchará y revisará sus lecturas, y se le escuchará antes de cortar cualquier servicio por esta factura.
paper-trouble-title = ¿Dificultades para pagar?
paper-trouble-text = Llame al { $phone } antes de la fecha de vencimiento y díganos. Cuanto antes lo sepamos, más podremos hacer.

## The coupon

paper-coupon = Talón de pago
paper-detach = Recorte aquí y envíe con su pago
paper-coupon-due = Fecha de vencimiento
paper-coupon-amount = Monto a pagar
paper-coupon-paid = Monto incluido
paper-coupon-check = Haga su cheque a nombre de { $utility } y escriba en él su número de cuenta.
paper-qr = Código para escanear con un teléfono: abre la página donde se paga esta cuenta, { $address }
paper-scan = Escanee para pagar
paper-claim-code = Código web { $code }
