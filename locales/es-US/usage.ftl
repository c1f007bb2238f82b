# Lo que un cliente aprende de su consumo, y se lleva consigo.

usage-take-title = Llévese sus datos
usage-take-text = { $service ->
    [water] Su consumo de agua de los últimos 13 meses, para otros programas y para hojas de cálculo. Los archivos no contienen su nombre ni su dirección.
    [electric] Su consumo de electricidad de los últimos 13 meses, para otros programas y para hojas de cálculo. Los archivos no contienen su nombre ni su dirección.
    [gas] Su consumo de gas de los últimos 13 meses, para otros programas y para hojas de cálculo. Los archivos no contienen su nombre ni su dirección.
   *[other] Su consumo de los últimos 13 meses, para otros programas y para hojas de cálculo. Los archivos no contienen su nombre ni su dirección.
}
usage-take-green-button = Archivo Green Button (XML)
usage-take-intervals = Cada intervalo en CSV
green-button-title = Datos de Green Button
green-button-clocks = Hora local
green-button-bill = Factura
green-button-reading = { $service ->
    [water] Consumo de agua
    [electric] Consumo de electricidad
    [gas] Consumo de gas
   *[other] Consumo
}, { $kind ->
    [billed] por factura
   *[other] por intervalo
}

## Dólares en lugar de unidades

usage-show = Lo que muestra la gráfica
usage-show-units = Consumo
usage-dollars = dólares
usage-cost-title = { $service ->
    [water] Lo que costó el agua por mes
    [electric] Lo que costó la electricidad por mes
    [gas] Lo que costó el gas por mes
   *[other] Costo por mes
}, { $months ->
    [one] 1 mes
   *[other] { $months } meses
}

## Algo que probablemente corre sin que se note

leak-title = { $kind ->
    [night_flow] El agua corre de día y de noche
    [toilet] Parece que un inodoro pierde agua
   *[change] { $service ->
        [water] Su consumo de agua subió de repente
       *[electric] Su consumo de electricidad subió de repente
    }
}
leak-text = { $kind ->
    [night_flow] Desde el { $since } su medidor no se ha detenido entre la una y las cinco de la madrugada: cuenta unos { $hourly } { $unit } por hora aun en la hora más tranquila, unos { $daily } { $unit } al día.
    [toilet] Desde el { $since } su medidor cuenta cantidades pequeñas y parejas en casi todas las horas entre la una y las cinco de la madrugada, como un inodoro que se llena solo: unos { $daily } { $unit } al día.
   *[change] Desde el { $since } usted consume unos { $daily } { $unit } al día más que en las cuatro semanas anteriores.
}
leak-costs = En su próxima factura eso probablemente cueste unos { $amount }.
leak-advice = { $kind ->
    [night_flow] Cierre todas las llaves y mire el medidor: si todavía se mueve, cierre la válvula de la casa. Si se mueve aun así, la tubería en el suelo está rota; llámenos al { $phone }.
    [toilet] Ponga un poco de colorante de cocina en el tanque y espere quince minutos sin descargar: si hay color en la taza, la válvula del inodoro pierde agua.
   *[change] { $service ->
        [water] Busque una manguera, una piscina o un suavizador de agua que esté corriendo. Si no encuentra nada, llámenos al { $phone }.
       *[electric] La calefacción, el aire acondicionado y las visitas son las razones comunes. Si ninguna es la suya, llámenos al { $phone }.
    }
}
leak-ask-adjustment = Ya está reparada: solicitar un ajuste por fuga
leak-hint = Esto se calcula con las horas de su medidor. Es un indicio, no una inspección en el lugar, y no cambia nada en su factura.

## La próxima factura

forecast-title = Su próxima factura, como se ve ahora
forecast-likely = Probable
forecast-between = Entre
forecast-range = { $low } y { $high }
forecast-used = { $service ->
    [water] Agua para entonces
    [electric] Electricidad para entonces
   *[other] Gas para entonces
}
forecast-text = Por todos sus servicios del { $from } al { $last }, a los precios publicados. { $days ->
    [0] Todavía no se ha contado ningún día de este servicio, así que se basa en sus facturas anteriores.
    [one] Se ha contado 1 día de este servicio; los demás días se basan en ese día y en sus facturas anteriores.
   *[other] Se han contado { $days } días de este servicio; los demás días se basan en ellos y en sus facturas anteriores.
} No es una factura: decide lo que usted consuma hasta entonces.
forecast-weather-years = { $years ->
    [one] Los días que faltan se calculan con el tiempo del año anterior, según cómo subieron sus facturas con el frío y el calor.
   *[other] Los días que faltan se calculan con el tiempo de años anteriores, la media de { $years }, según cómo subieron sus facturas con el frío y el calor.
}
forecast-budget = Se prevén de { $low } a { $high } de su presupuesto de { $limit }.
forecast-budget-units = Se prevén de { $low } a { $high } de su presupuesto de { $limit } { $unit }.
forecast-budget-passed = Probablemente se supere.
forecast-budget-kept = Probablemente alcance.
forecast-budget-change = Cambiar mi presupuesto
forecast-budget-set = Fijar un presupuesto y recibir un aviso antes de superarlo

## Hogares parecidos

similar-title = Comparación con hogares parecidos
similar-own = Usted
similar-middle = La mitad de ellos consumió como máximo
similar-thrifty = La quinta parte más ahorradora consumió como máximo
similar-text = Otros { $homes } hogares que facturamos por los mismos días. Nadie puede ver de quién son estos números.

## Lo que cambió en una factura

changes-same = Esta factura es igual
changes-up = Por qué esta factura es { $amount } más alta
changes-down = Por qué esta factura es { $amount } más baja
changes-against = Comparar con
changes-last = La factura anterior
changes-year = Un año antes

## Después de una mudanza

usage-elsewhere = Hasta { $month } se cuenta también otro lugar o medidor: esos meses no sirven de comparación.
