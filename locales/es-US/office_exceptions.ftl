# La cola de excepciones y la primera página de la oficina.

exception-count = { $count ->
    [0] Nada que mostrar
    [one] 1 excepción
   *[other] { $count } excepciones
}
exception-by-reason = Abiertas, por motivo
exception-about = Sobre
exception-show = Mostrar
exception-any = Cualquiera
exception-none = Nada espera aquí a una persona.
exception-age = Hallada
exception-urgent = Urgente
# $day (date)
exception-opened = hallada el { $day }
exception-work = Trabajar en ella
# $status (text)
exception-status = { $status ->
    [open] Abierta
    [resolved] Resuelta
    [dismissed] Descartada
   *[all] Todas
}
# $kind (text)
exception-kind = { $kind ->
    [read] Lectura
    [bill] Factura
    [payment] Pago
    [import] Archivo
    [delivery] Entrega
   *[other] { $kind }
}
# $who (text)
exception-owner = { $who ->
    [me] Yo
    [nobody] Nadie
   *[other] Cualquiera
}
# $reason (text)
exception-reason = { $reason ->
    [no_read] Sin lectura al final del período
    [negative_usage] El registro bajó
    [high_usage] Consumo muy superior a lo esperado
    [low_usage] Consumo muy inferior a lo esperado
    [zero_usage] Sin consumo donde lo había
    [usage_on_inactive] Consumo sin contrato
    [out_of_order] Anterior a la última lectura
    [future_read] Lectura del futuro
    [interval_gap] Faltan intervalos
    [sum_mismatch] Los intervalos difieren del registro
    [prolonged_estimation] Demasiadas estimaciones seguidas
    [rate_missing] Sin tarifa publicada
    [rate_mismatch] Tarifa de otro servicio
    [out_of_range] Factura fuera de sus límites
    [suspended_service] Consumo en un servicio suspendido
    [does_not_rederive] El segundo cálculo difiere
    [period_out_of_range] Período demasiado corto o largo
    [fact_missing] La tarifa pide un dato que falta
    [actual_differs] Facturada con una lectura que cambió
    [facts_changed] Preparada antes de cambiar los datos
    [not_billed] Con servicio y sin factura
    [earlier_unbilled] Período anterior sin facturar
    [service_changed] Servicio cambiado después del borrador
    [landlord_not_followed] Servicio del propietario sin arreglar
    [unknown_payment] Pago sin cuenta
    [event_failed] Falló un mensaje del procesador
    [undelivered] No entregado
    [possible_duplicate] Posiblemente pagado dos veces
    [payment_disputed] Pago con tarjeta disputado
    [refund_failed] Un reembolso no llegó
    [refund_not_taken] No se hizo un reembolso
    [refund_unsure] No se sabe si se hizo un reembolso
    [unexplained_money] Movimiento sin explicación en el procesador
    [payout_differs] El desembolso difiere de sus líneas
    [processor_balance_differs] El procesador tiene otro importe
   *[other] { $reason }
}
# $reason (text)
exception-help = { $reason ->
    [no_read] La factura necesita una lectura al final del período. Anote una o deje que el período se estime.
    [negative_usage] El valor nuevo es menor que el último y no parece que el registro haya dado la vuelta. Revise los dígitos; anote el valor correcto, o acéptelo si se cambió el medidor.
    [high_usage] El consumo es muy superior a lo esperado para este servicio. Revise los dígitos, busque una fuga y luego acepte la lectura o anote otro valor.
    [low_usage] El consumo es muy inferior a lo esperado para este servicio. Acéptelo si el lugar estuvo vacío.
    [zero_usage] El registro no se movió aunque este servicio suele tener consumo. Busque un medidor detenido o un lugar vacío.
    [usage_on_inactive] El registro se movió aunque nadie tiene contrato en este lugar. Inicie el servicio o envíe a alguien.
    [out_of_order] Llegó una lectura anterior a otra ya registrada. Se puso en su lugar; compruebe que ambas son correctas.
    [future_read] Llegó una lectura con un día que aún no llega. Revise el reloj del medidor o el archivo.
    [interval_gap] Parte del período no tiene valores por intervalo. Se estimaron o hay que estimarlos.
    [sum_mismatch] Los intervalos del período no suman lo que muestra el registro. Averigüe cuál es correcto antes de facturar.
    [prolonged_estimation] Este servicio se estimó más veces seguidas de lo que permite la norma. Consiga una lectura real.
    [rate_missing] Ninguna versión publicada de la tarifa cubre todo el período. Publique una o corrija el contrato.
    [rate_mismatch] La tarifa del contrato no es para este servicio o clase. Corrija el contrato.
    [out_of_range] El importe está fuera de los límites de esta clase. Mire el borrador; descártelo o déjelo salir.
    [suspended_service] El servicio está suspendido o terminado en este período y aun así tiene consumo. Corrija las fechas antes de facturar.
    [does_not_rederive] El segundo cálculo independiente no llega a la misma línea. Esta factura no se puede emitir; repórtela.
    [period_out_of_range] El período es más corto o más largo que lo normal en el ciclo. Revise las fechas; los cargos se prorratean.
    [fact_missing] La tarifa pide algo que el contrato no dice, como el tamaño del medidor. Agréguelo al contrato.
    [actual_differs] La factura se basa en una estimación o en una lectura corregida, y el medidor dice ahora otra cosa. Anule la factura y facture de nuevo el período; o diga por qué la factura se queda como está.
    [facts_changed] Los datos del servicio se cambiaron después de preparar este borrador, para días que factura. Prepare la factura otra vez.
    [not_billed] La cuenta tuvo servicio en este período y no tiene factura. Prepare la factura o diga por qué no hay ninguna.
    [earlier_unbilled] La factura de un período anterior de la cuenta aún no ha salido. Emita primero aquella y después prepare esta de nuevo.
    [service_changed] El servicio de la cuenta empezó, terminó, se suspendió, se reanudó o se retiró después de hacer el borrador de su factura, y ese borrador se descartó. En unos minutos se hace de nuevo por sí solo; hágalo de nuevo aquí si no puede esperar.
    [landlord_not_followed] El servicio de un inquilino terminó, o su fin cambió de día, y la cuenta del propietario no pudo recibirlo o ya se facturó. Mire la cuenta del propietario y la tarifa; luego termine otra vez el servicio del inquilino el mismo día, o inicie el servicio en la cuenta del propietario.
    [unknown_payment] Llegó dinero que no nombra ninguna cuenta conocida. Encuentre al cliente.
    [event_failed] Un mensaje del procesador de pagos no se pudo aplicar. Léalo y vuelva a intentarlo.
    [undelivered] Una factura o un aviso fue devuelto. Corrija la dirección y envíelo de nuevo.
    [payment_disputed] El titular de la tarjeta disputa este pago. El procesador retiene el dinero. Envíe pruebas al procesador a tiempo o renuncie al pago.
    [refund_failed] La tarjeta o el banco devolvió el reembolso y el dinero está otra vez en la cuenta. Pregunte al cliente adónde enviarlo.
    [refund_not_taken] El procesador no hizo un reembolso que se ordenó aquí, y nada salió de la cuenta. Ordénelo otra vez o páguelo de otra forma.
    [refund_unsure] Aquí se ordenó un reembolso y el procesador no responde sobre él. Vea en el procesador si se hizo. No lo pague de otra forma antes de saberlo. Se busca otra vez por sí solo.
    [unexplained_money] El procesador movió dinero que no pertenece a ningún pago, reembolso, disputa ni desembolso conocido aquí. Averigüe con el procesador qué fue.
    [payout_differs] Lo que el procesador desembolsó no es la suma de las líneas que nombra. El desembolso no está en el libro. Pregunte al procesador.
    [processor_balance_differs] El procesador dice tener otro importe que el que suman sus líneas. Pregunte al procesador antes del próximo desembolso.
   *[possible_duplicate] Llegaron dos pagos iguales en un día. Pregunte al cliente antes de reembolsar uno.
}
exception-what = Qué se halló
# $name (text)
exception-fact = { $name ->
    [around] Se necesita hacia
    [before] Valor facturado
    [now] Valor actual
    [class] Clase
    [prices] La tarifa es de
    [delivered] Se entrega
    [by] En
    [why] Motivo
    [cycle] Ciclo
    [value] Valor leído
    [previous] Valor anterior
    [usage] Consumo
    [expected] Esperado
    [limit] Límite
    [unit] Unidad
    [on] Día
    [from] Desde
    [until] Hasta
    [day] Día
    [days] Días
    [serial] Medidor
    [meter] Medidor
    [register] Registro
    [commodity] Servicio
    [rate_code] Tarifa
    [rate] Tarifa
    [schedule] Tarifa
    [charge] Cargo
    [total] Total
    [amount] Importe
    [least] Mínimo
    [most] Máximo
    [count] Cantidad
    [line] Línea
    [text] Texto
    [error] Error
    [finding] Hallazgo
    [percent] Porcentaje
    [current] Valor leído
    [latest] Última lectura
    [shown] Mostrado
    [beside] Al lado
    [values] Valores
    [intervals] Los intervalos suman
    [slots] Intervalos que faltan
    [payment] Pago
    [event] Mensaje
    [dispute] Disputa
    [payout] Abono
    [first] Primero
    [last] Último
    [period] Período
    [file] Archivo
   *[other] { $name }
}
exception-why-nobody = No se sabe de nadie a quien avisar.
exception-mend = Corregir
exception-accept-read = Aceptar la lectura
exception-bill-again = Hacer de nuevo el borrador
exception-open-bill = Abrir la factura
exception-cancel-bill = Anular y facturar de nuevo
exception-open-account = Abrir la cuenta
exception-take = Yo me encargo
exception-release = Devolver
exception-taken = El trabajo ahora es suyo.
exception-released = El trabajo fue devuelto.
exception-answer = Respuesta
exception-resolution = Qué se hizo
exception-resolution-hint = Lo leerán la próxima persona y el auditor.
exception-resolve = Resuelta
exception-dismiss = Nada que hacer
exception-never-use = No usar nunca esta lectura
exception-never-use-help = La lectura está en espera: ninguna factura la usa. Acéptela arriba, o diga que no se usa nunca: la factura se estima en su lugar cuando ya no se esperan lecturas. Con cualquier respuesta de aquí nadie la espera más.
exception-read-waits = La lectura espera a alguien que pueda registrar lecturas: la acepta, o dice que no se usa nunca.
exception-answered = La excepción está respondida.
exception-reason-missing = Diga qué se hizo, o por qué no se hace nada.
# $longest (number)
exception-reason-too-long = Una respuesta tiene como máximo { $longest } caracteres.
exception-already-answered = Otra persona respondió primero.

## Hoy

today-title = Hoy
# $name (text)
today-hello = Qué gusto verle, { $name }
today-open = Excepciones abiertas
today-mine = Mías
today-mine-hint = que tomé
today-unowned = nadie las ha tomado
today-paid = Pagado hoy
today-payments = { $count ->
    [0] aún sin pagos
    [one] 1 pago
   *[other] { $count } pagos
}
today-pending = En camino
today-owed = Por cobrar
# $amount (text)
today-past-due = { $amount } vencido según las fechas de las facturas
today-runs = Procesos de facturación
today-no-runs = Aún no hay procesos de facturación.
today-imports = Importaciones
today-no-imports = Aún no se ha importado ningún archivo.
today-queue = Excepciones por motivo
today-see-all = Ver todas
