# El registro de auditoría: qué se hizo, y sus datos.

audit-deed = { $deed ->
    [account_adjusted] Cuenta ajustada
    [account_bill_code_opened] Cuenta abierta con el código de una factura
    [account_cycle_changed] Ciclo de facturación cambiado
    [account_moved_house] Mudanza a otro lugar
    [account_moved] Situación de la cuenta cambiada
    [account_opened] Cuenta abierta
    [account_pay_link_opened] Cuenta abierta con el enlace de un aviso
    [account_quick_pay_opened] Cuenta abierta para pagar sin acceso
    [account_settings_changed] Idioma o entrega de facturas cambiados
    [account_taken_over] Asumida por otra persona
    [address_trusted] Dirección de correo usada otra vez tras un rebote
    [alerts_chosen] Avisos elegidos
    [alerts_come_back] Avisos abandonados pedidos de nuevo
    [alerts_left] Avisos abandonados
    [arrangement_answered] Acuerdo atendido en una lista
    [arrangement_assigned] Acuerdo asignado a alguien
    [arrangement_broken] Acuerdo incumplido
    [arrangement_canceled] Acuerdo terminado antes
    [arrangement_kept] Acuerdo cumplido
    [arrangement_made] Acuerdo hecho
    [arrangement_reopened] Acuerdo abierto otra vez
    [arrangement_respite] Más días dados para una cuota
    [autopay_asked] Pago automático pidió un cobro
    [autopay_ended] Pago automático terminado
    [autopay_held] Pago automático en espera
    [autopay_joined] Pago automático iniciado
    [autopay_paused] Pago automático en pausa
    [autopay_put_off] Pago automático aplazado
    [autopay_refused] Cobro del pago automático rechazado
    [autopay_resumed] Pago automático reanudado
    [autopay_skipped] Pago automático omitió una factura
    [autopay_told] Cobro del pago automático anunciado
    [autopay_untold] Cobro del pago automático sin anunciar
    [balance_transferred] Saldo llevado a otra cuenta
    [balance_written_off] Saldo dado por incobrable
    [bill_canceled] Factura anulada
    [bill_issued] Factura emitida
    [bill_letter_returned] Carta de una factura devuelta
    [bill_rebill_approved] Factura nueva de un período aprobada
    [bill_rebill_proposed] Factura nueva de un período enviada para aprobación
    [bill_rebill_refused] Factura nueva de un período rechazada
    [bill_rebill_withdrawn] Propuesta de factura nueva de un período retirada
    [bill_rebilled] Factura hecha de nuevo
    [bill_voided] Borrador de una factura descartado
    [bill_documents_kept] Documentos de facturas guardados
    [bill_run_chunk_drafted] Parte de una facturación en borrador
    [bill_run_chunk_issued] Parte de una facturación emitida
    [bill_run_issued] Facturación emitida
    [bill_run_issuing] Emisión de una facturación iniciada
    [bill_run_opened] Facturación abierta
    [bill_run_redrafted] Facturación en borrador otra vez
    [bill_run_voided] Facturación descartada
    [budget_plan_ended] Plan de pago nivelado terminado
    [budget_plan_joined] Plan de pago nivelado iniciado
    [budget_plan_reviewed] Plan de pago nivelado revisado
    [budget_plan_settled] Plan de pago nivelado liquidado
    [call_begun] Llamada iniciada
    [call_given_up] Llamada abandonada
    [call_identity_checked] Identidad de quien llama comprobada
    [call_wrapped_up] Llamada cerrada
    [claim_code_requested] Código para reclamar la cuenta pedido
    [contact_added] Contacto agregado
    [contact_chosen] Contacto elegido para el correo
    [contact_ended] Contacto terminado
    [contact_given] Contacto dado por el cliente
    [contact_proved] Contacto comprobado con su código
    [contact_withdrawn] Contacto retirado por el cliente
    [correction_proposed] Corrección enviada para aprobación
    [correction_refused] Corrección rechazada
    [correction_reversed] Corrección revertida
    [correction_withdrawn] Corrección retirada
    [credit_answered] Dinero sin aplicar atendido en una lista
    [credit_applied] Crédito puesto en lo que se debe
    [credit_assigned] Dinero sin aplicar asignado a alguien
    [credit_refunded] Crédito reembolsado
    [customer_address_coming] Dirección postal futura anotada
    [customer_address_kept] Dirección postal conservada
    [customer_address_not_changed] Dirección postal futura no tomada
    [customer_changed] Nombre, idioma o dirección postal cambiados
    [customer_kept_apart] Dos clientes declarados distintos
    [customer_merge_undone] Dos clientes separados otra vez
    [customer_merged] Dos clientes unidos en uno
    [customer_renamed] Cliente con nombre nuevo
    [cycle_extended] Calendario de un ciclo extendido
    [cycle_opened] Ciclo abierto
    [cycle_period_moved] Fechas de un período movidas
    [deposit_applied] Depósito puesto en lo que se debe
    [deposit_asked] Depósito pedido
    [deposit_interest] Intereses de un depósito
    [deposit_released] Depósito devuelto
    [deposit_waived] Depósito perdonado
    [dispute_approved] Resultado de una disputa aprobado
    [dispute_decided] Disputa decidida
    [dispute_hearing_recorded] Audiencia registrada
    [dispute_hearing_set] Audiencia fijada
    [dispute_opened] Disputa abierta
    [dispute_proposal_refused] Resultado de una disputa rechazado
    [dispute_proposal_withdrawn] Resultado propuesto de una disputa retirado
    [dispute_proposed] Resultado de una disputa enviado para aprobación
    [dispute_remedied] Disputa terminada con una solución
    [dispute_reread_ordered] Otra lectura pedida para una disputa
    [dispute_withdrawn] Disputa retirada
    [exception_dismissed] Excepción descartada
    [exception_released] Excepción devuelta
    [exception_resolved] Excepción resuelta
    [exception_taken] Excepción tomada
    [factor_approved] Factor aprobado
    [factor_proposed] Factor propuesto
    [factor_withdrawn] Factor retirado
    [fee_reversal_approved] Anulación de los cargos de un día aprobada
    [fee_reversal_done] Cargos de un día anulados
    [fee_reversal_proposed] Anulación de los cargos de un día enviada para aprobación
    [fee_reversal_refused] Anulación de los cargos de un día rechazada
    [fee_reversal_withdrawn] Anulación de los cargos de un día retirada
    [feeder_named] Alimentador nombrado
    [forecast_noted] Pronóstico del tiempo anotado
    [hold_answered] Protección atendida en una lista
    [hold_assigned] Protección asignada a alguien
    [hold_documented] Documento agregado a una protección
    [hold_ending] Fin de una protección anunciado
    [hold_lifted] Protección levantada
    [hold_placed] Protección puesta
    [hold_renewed] Protección renovada
    [import_finished] Archivo importado
    [import_started] Archivo iniciado
    [import_mapping_saved] Columnas de un archivo guardadas
    [income_certified] Ingresos bajos certificados
    [income_ended] Certificación de ingresos bajos terminada
    [intervals_estimated] Horas faltantes estimadas
    [landlord_followed] Instrucción del propietario cumplida
    [landlord_instructed] Instrucción del propietario anotada
    [landlord_withdrawn] Instrucción del propietario retirada
    [late_fee_waived] Cargo por mora perdonado
    [late_fees_charged] Cargos por mora cobrados
    [lead_line_told] Aviso de plomo en la línea de servicio
    [login_account_added] Cuenta agregada a un acceso
    [login_account_left] Cuenta quitada de un acceso
    [login_account_taken] Cuenta abierta a otra persona
    [login_authenticator_begun] Autenticador iniciado
    [login_authenticator_confirmed] Autenticador confirmado
    [login_authenticator_removed] Autenticador quitado
    [login_closed] Acceso cerrado
    [login_code_asked] Código del segundo paso pedido
    [login_codes_guessed] Demasiados códigos equivocados
    [login_email_change_asked] Correo nuevo pedido
    [login_email_changed] Correo del acceso cambiado
    [login_factor_taken_off] Segundo paso quitado
    [login_language_changed] Idioma del acceso cambiado
    [login_passkey_added] Llave de acceso agregada
    [login_passkey_asked] Llave de acceso pedida
    [login_passkey_removed] Llave de acceso quitada
    [login_password_changed] Contraseña cambiada
    [login_recovery_code_used] Código de recuperación usado
    [login_recovery_codes_made] Códigos de recuperación hechos
    [login_registered_again] Acceso pedido que ya existe
    [login_registered] Acceso creado
    [login_reset_requested] Contraseña nueva pedida
    [login_signed_in] Entró
    [login_verified] Correo confirmado
    [meter_installed] Medidor instalado
    [meter_removed] Medidor quitado
    [meter_taken] Medidor tomado en el inventario
    [moratorium_declared] Moratoria declarada
    [moratorium_ended] Moratoria terminada
    [note_written] Nota escrita
    [notice_answered] Aviso atendido en una lista
    [notice_assigned] Aviso asignado a alguien
    [notice_came_back] Aviso devuelto
    [notice_given_up] Aviso abandonado
    [notice_rerouted] Aviso enviado por otra vía
    [notice_sent] Aviso enviado
    [notice_text_written] Palabras de un aviso escritas
    [order_begun] Orden iniciada
    [order_canceled] Orden cancelada
    [order_done_late] Orden informada tarde como hecha
    [order_done] Orden hecha
    [order_made] Orden creada
    [order_not_done] Orden no hecha
    [order_placed] Lugar de una orden anotado
    [order_planned] Orden planeada
    [order_shut_off_undone] Corte deshecho
    [outage_begun] Interrupción iniciada
    [outage_canceled] Interrupción cancelada
    [outage_declared] Interrupción declarada
    [outage_extended] Interrupción extendida
    [outage_reported] Interrupción reportada
    [outage_restored] Servicio restablecido tras una interrupción
    [outage_updated] Noticias de una interrupción
    [part_added] Persona agregada a la cuenta
    [part_ended] Persona quitada de la cuenta
    [payment_canceled] Pago cancelado
    [payment_charged_back] Pago contracargado
    [payment_failed] Pago rechazado
    [payment_processing] Pago en camino
    [payment_received] Pago recibido
    [payment_refund_failed] Reembolso de un pago fallido
    [payment_refund_ordered] Reembolso de un pago pedido
    [payment_refund_proposed] Reembolso de un pago enviado para aprobación
    [payment_refund_refused] Reembolso de un pago rechazado
    [payment_refund_sent] Reembolso de un pago enviado
    [payment_refund_withdrawn] Reembolso de un pago retirado
    [payment_refunded_part] Pago reembolsado en parte
    [payment_refunded] Pago reembolsado
    [payment_requested] Pago pedido
    [payment_returned] Pago devuelto por el banco
    [payment_reversed] Pago anulado
    [payment_succeeded] Pago registrado
    [payment_method_asked] Forma de pago pedida
    [payment_method_attached] Forma de pago guardada
    [payment_method_blocked] Forma de pago bloqueada
    [payment_method_default] Forma de pago elegida como primera
    [payment_method_left] Forma de pago no guardada
    [payment_method_removed] Forma de pago quitada
    [payout_posted] Desembolso registrado
    [payout_returned] Desembolso devuelto
    [policy_proposed] Política enviada para aprobación
    [policy_set] Política fijada
    [policy_withdrawn] Política retirada
    [premise_changed] Lugar cambiado
    [premise_kept_apart] Se dijo que dos lugares son dos
    [premise_merge_undone] Dos lugares separados otra vez
    [premise_merged] Dos lugares unidos en uno
    [premise_opened] Lugar abierto
    [print_batch_canceled] Lote de impresión cancelado
    [print_batch_elsewhere] Lote impreso en otra parte
    [print_batch_left_out] Pieza omitida de un lote de impresión
    [print_batch_made] Lote de impresión creado
    [print_batch_mailed] Lote de impresión enviado por correo
    [print_batch_piece_pulled] Pieza retirada de un lote de impresión
    [processor_message_done] Mensaje del procesador cumplido
    [processor_message_failed] Mensaje del procesador rechazado
    [processor_message_ignored] Mensaje del procesador sin uso
    [processor_message_parked] Mensaje del procesador apartado
    [processor_message_put_off] Mensaje del procesador aplazado
    [rate_drafted] Tarifa en borrador
    [rate_published] Tarifa publicada
    [rate_revised] Tarifa revisada
    [rate_submitted] Tarifa enviada para aprobación
    [rate_withdrawn] Tarifa retirada
    [read_judged] Lectura evaluada
    [read_recorded] Lectura registrada
    [reads_closed] Día de lecturas cerrado
    [refund_check_voided] Cheque de reembolso anulado
    [refund_check_written] Cheque de reembolso escrito
    [request_answered] Solicitud respondida
    [request_assigned] Solicitud asignada a alguien
    [request_documented] Documento agregado a una solicitud
    [request_moved] Situación de una solicitud cambiada
    [request_received] Solicitud recibida
    [request_withdrawn] Solicitud retirada
    [request_written] Mensaje en una solicitud
    [returned_payment_fee_charged] Cargo por pago devuelto cobrado
    [route_imported] Ruta cargada desde un archivo
    [route_noted] Nota en una parada de una ruta
    [route_opened] Ruta abierta
    [route_ordered] Orden de una ruta cambiado
    [route_stops_removed] Paradas quitadas de una ruta
    [saved_filter_removed] Vista de una lista quitada
    [saved_filter_saved] Vista de una lista guardada
    [scheduled_payment_asked] Pago programado
    [scheduled_payment_canceled] Pago programado cancelado
    [scheduled_payment_charged] Pago programado cobrado
    [scheduled_payment_refused] Pago programado rechazado
    [scheduled_payment_skipped] Pago programado omitido
    [service_facts_changed] Datos de un servicio cambiados
    [service_resumed] Servicio reanudado
    [service_started] Servicio iniciado
    [service_stopped] Servicio terminado
    [service_suspended] Servicio suspendido
    [service_line_recorded] Línea de servicio registrada
    [service_point_feeder_named] Alimentador de un punto nombrado
    [service_point_opened] Punto de servicio abierto
    [session_others_ended] Sesiones cerradas en los demás lugares
    [session_signed_out] Salió
    [setup_imported] Archivos de la empresa cargados
    [sharing_answered] Invitación a la cuenta respondida
    [sharing_changed] Acceso compartido cambiado
    [sharing_copies_left] Copias de avisos abandonadas
    [sharing_ended] Acceso compartido terminado
    [sharing_invited] Invitación a la cuenta
    [sharing_left] Cuenta compartida abandonada
    [sharing_opened] Invitación a la cuenta abierta
    [sharing_withdrawn] Invitación a la cuenta retirada
    [shutoff_served] Paso previo a un corte registrado
    [staff_added] Integrante del personal agregado
    [staff_authenticator_begun] Autenticador del personal iniciado
    [staff_authenticator_confirmed] Autenticador del personal confirmado
    [staff_authenticator_removed] Autenticador del personal quitado
    [staff_closed] Integrante del personal dado de baja
    [staff_invitation_accepted] Invitación a la oficina aceptada
    [staff_invited_again] Invitación a la oficina repetida
    [staff_language_changed] Idioma de un integrante del personal cambiado
    [staff_role_changed] Puesto de un integrante del personal cambiado
    [staff_signed_in] Entró en la oficina
    [text_number_answered] Respuesta por mensaje de texto
    [text_number_chosen] Mensajes de texto elegidos
    [text_number_given] Número para mensajes dado
    [text_number_proved] Número para mensajes comprobado
    [text_number_removed] Número para mensajes quitado
    [town_built] Pueblo construido
    [town_clock_moved] Reloj del pueblo movido
    [town_day_passed] Día del pueblo transcurrido
    [town_marked] Pueblo marcado como tal
    [weather_station_chosen] Estación meteorológica elegida
    [weather_taken] Tiempo importado
   *[other] Otra cosa
}
audit-fact = { $fact ->
    [accepted] aceptadas
    [access] acceso
    [accounts] cuentas
    [active] activo
    [address] dirección
    [again_on] otra vez el
    [agreed] aceptado
    [agreement] servicio
    [ahead_seconds] segundos adelante
    [amount] monto
    [answer] respuesta
    [arrives_on] llega el
    [assignee] asignado a
    [assumed] asumida desde
    [attempts] intentos
    [authenticator] autenticador
    [back_to_paper] de vuelta al papel
    [because] porque
    [before] antes
    [beside] además
    [bills] facturas
    [bill] factura
    [by] por
    [came_by] llegó por
    [cap] como máximo
    [certification] certificación
    [changed] cambiado
    [channel] vía
    [charges] cobros
    [charge] cobro
    [check] cheque
    [class] clase
    [codes_ended] códigos terminados
    [codes] códigos
    [code] código
    [commodity] servicio
    [consent] consentimiento
    [corrected] corregidas
    [corrections] correcciones
    [customer] cliente
    [cycle] ciclo
    [days] días
    [day] día
    [delivered] entrega
    [delivery] entrega
    [difference] diferencia
    [dispute] disputa
    [documents] documentos
    [drafts] borradores
    [due_on] vence el
    [due] día de vencimiento
    [email] por correo
    [entry] asiento
    [estimated] estimadas
    [event] suceso
    [exceptions] excepciones
    [factor] factor
    [feeder] alimentador
    [fees] cargos
    [fee] cargo
    [file] archivo
    [filters] filtros
    [finding] hallazgo
    [first_on] primer día
    [first] primero
    [format] formato
    [from] desde
    [gone] desaparecido
    [high] máxima
    [holds] retenido
    [hour] hora
    [identity_checked] identidad comprobada
    [identity] cómo se comprobó quién era
    [installments] cuotas
    [instruction] instrucción
    [interest] intereses
    [invitation] invitación
    [issued] emitido el
    [issue] día de emisión
    [kind] tipo
    [known_on] conocido el
    [language] idioma
    [last4] últimos dígitos
    [last_on] último día
    [last] último
    [late_from] tarde desde
    [left_alone] sin cambiar
    [left] queda
    [letters] cartas
    [lines] líneas
    [line] línea
    [login] acceso
    [low_income] ingresos bajos
    [low] mínima
    [material] material
    [merge] unión
    [method] método
    [monthly] cada mes
    [moved] movido
    [news] noticias
    [new] nuevas
    [next] orden siguiente
    [note] nota
    [notices] avisos
    [now] ahora
    [number] número
    [offer] oferta
    [of] de
    [on] el
    [other] otra
    [outcome] resultado
    [owner] a cargo de
    [pages] páginas
    [paid] pagado
    [part] parte
    [payments] pagos
    [payment] pago
    [payout] desembolso
    [periods] períodos
    [period] período
    [photo] foto
    [pieces] piezas
    [placed] puestas
    [points] puntos de servicio
    [point] punto de servicio
    [policy] política
    [position] lugar
    [premise] lugar servido
    [proof] prueba
    [proposed_by] propuesto por
    [proven] comprobado por
    [queue] lista
    [rate] tarifa
    [read_before] día de lectura anterior
    [reads] lecturas
    [read] día de lectura
    [reason] motivo
    [reconnect] orden de reconexión
    [registers] registros
    [rejected] rechazadas
    [remedy] solución
    [renews] renueva
    [replaces] en lugar de
    [request] solicitud
    [role] papel o puesto
    [seconds] segundos
    [sees_balance] ve el saldo
    [services] servicios
    [service] servicio
    [sessions] sesiones
    [settled] liquidado
    [settle] liquidado por
    [side] lado
    [slots] horas
    [slot] parte del día
    [solved] resuelto
    [source] fuente
    [started] iniciados
    [state] situación
    [stopped] terminados
    [stops] paradas
    [taken] tomadas
    [tender] con
    [text] por mensaje de texto
    [threshold] a partir de
    [topic] sobre
    [to] a
    [units] unidades
    [until] hasta
    [update] novedad
    [value] valor
    [variant] tipo de plan
    [verdict] evaluación
    [version] versión
    [waiting] en espera
    [waived] perdonado
    [way] vía
    [what] qué
    [why] por qué
    [without] sin
    [words] palabras
   *[else] más
}
