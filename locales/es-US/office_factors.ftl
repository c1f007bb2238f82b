# Factores con fecha a los que se refieren las tarifas: costo de energía, combustible, gas comprado, factores térmicos.

factors-title = Factores
factors-hint = Números que cambian cada mes: costo de energía, combustible, gas comprado, el calor del gas. Las facturas cuentan cada uno por sus días.
factors-none = Ninguna tarifa se refiere a un factor.
factors-all = Factores de las tarifas
factor-name = Factor
factor-schedules = Tarifas
factor-now = Hoy
factor-next = Siguiente
factor-waiting = { $count } en espera
factor-no-value = ninguno
factor-values = Valores de { $name }
factor-none-kept = Aquí no se ha escrito nada todavía; las facturas usan los valores de las tarifas.
factor-counts = Las facturas lo usan
factor-status = { $status ->
    [proposed] Espera a una segunda persona
    [approved] Aprobado
   *[withdrawn] Abandonado
}
factor-proposed = Propuesto por
factor-approve = Aprobar
factor-withdraw = Abandonar
factor-second-person = Una segunda persona debe aprobarlo.
factor-own = En las tarifas
factor-own-hint = Cuentan hasta el primer día de los valores de arriba.
factor-propose = Proponer un valor
factor-propose-hint = Cuenta cuando una segunda persona lo ha aprobado. Si un valor está mal, proponga el correcto para el mismo día.
factor-value = Valor
factor-value-hint = Como lo toman las tarifas, por ejemplo 0.0125.
factor-source = De dónde viene
factor-source-hint = El aviso, memorando o cálculo, como aviso PGA 2026-08.
factor-proposed-now = El valor espera a una segunda persona.
factor-approved-now = El valor está aprobado. Las facturas de los días desde entonces lo usan.
factor-withdrawn-now = El valor se abandonó.
factor-unknown = Ninguna tarifa se refiere a { $name }. Hay: { $known }.
factor-decided = El valor ya se aprobó o se abandonó.
factor-same-person = Otra persona debe aprobar lo que usted propuso.
factor-drafted = { $drafts ->
    [one] 1 borrador cobra días desde entonces con el valor anterior. Emítalo o anúlelo primero.
   *[other] { $drafts } borradores cobran días desde entonces con el valor anterior. Emítalos o anúlelos primero.
}
factor-being-drafted = Un proceso de facturación está calculando estos días. Espere a que termine.
factor-issued = { $issued ->
    [one] 1 factura emitida cobra días desde el { $day }. Aprobar no la cambia: anúlela y facture de nuevo donde el valor deba contar.
   *[other] { $issued } facturas emitidas cobran días desde el { $day }. Aprobar no cambia ninguna: anule y facture de nuevo donde el valor deba contar.
}
