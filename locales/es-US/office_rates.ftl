# Tarifas.

rates-title = Tarifas
rate-new = Borrador con formulario
rate-new-hint = Los cargos comunes. Todo lo demás que puede tener una tarifa se escribe en un archivo.
rate-from-file = Borrador desde un archivo
rate-file-hint = Un documento en el formato de tarifas. Será el borrador de la próxima versión de su código; cada problema se nombra con su lugar.
rate-versions = Tarifas y sus versiones
rate-none = Aún no hay tarifas.
rate-schedule = Tarifa
rate-version = Versión
rate-from = Vigente desde
# $day (date)
rate-from-day = desde el { $day }
rate-by = Por
rate-in-force = vigente
# $status (text)
rate-status = { $status ->
    [draft] Borrador
    [submitted] Presentada
    [published] Publicada
   *[withdrawn] Retirada
}
# $version (number)
rate-title = { $code }, versión { $version }
rate-charges = Cargos
rate-document = Documento
# $version (number)
rate-changes = Qué cambió desde la versión { $version }
rate-no-changes = Nada cambió.
rate-gone = Ya no está:
rate-is-new = Nuevo:
# $subject (text)
rate-subject = { $subject ->
    [order] Orden de los cargos
   *[schedule] Tarifa
}
# $field (text)
rate-field = { $field ->
    [price] precio
    [amount] importe
    [up_to] final
    [next] tamaño
    [percent] porcentaje
    [effective_from] primer día
    [name] nombre
    [en] palabras en inglés
    [es] palabras en español
    [label] etiqueta
    [value] valor
    [from] primer día
    [included] unidades gratis
    [standard_days] días estándar
    [when] prorrateo
    [source] fuente
    [season] temporada
    [fund] fondo
    [gl] cuenta contable
   *[other] { $field }
}
# $number (number)
rate-of-block = { $field } del bloque { $number }
# $per (text)
rate-per = { $per ->
    [bill] por factura
    [day] por día
    [year] por año
   *[month] por mes
}
rate-by-size = { $size }: { $amount } { $per }
rate-by-factor = según el factor { $name }
rate-block-to = hasta { $end }: { $price }
rate-block-next = los siguientes { $size }: { $price }
rate-block-rest = el resto: { $price }
rate-minimum = lo mínimo que suman los cargos
rate-maximum = lo máximo que suman los cargos
rate-trial = Prueba con cuentas reales
rate-trial-hint = Las últimas facturas de esta tarifa, calculadas de nuevo con esta versión. Nada cambia.
rate-trial-count = Cuántas cuentas
rate-try = Probar
rate-trial-none = Ninguna cuenta tiene aún una factura con esta tarifa.
rate-trial-failed = No se pudieron calcular
rate-way = El camino a la vigencia
rate-drafted = Redactada
rate-submitted = Presentada
rate-published = Publicada
rate-submit = Presentar para publicar
rate-publish = Publicar
rate-publish-from = Vigente desde
rate-publish-hint = Los períodos que este día corta se facturan en dos partes.
rate-second-person = Una segunda persona debe publicar esta versión.
rate-is-law = Una versión publicada no se cambia nunca. Redacte la siguiente.
rate-edit = Cambiar el documento
rate-withdraw = Retirar esta versión
rate-code = Código
rate-code-hint = El mismo código hace la próxima versión de esa tarifa.
rate-name-en = Nombre en inglés
rate-name-es = Nombre en español
rate-base = Cargo base por mes
rate-base-hint = Déjelo vacío si no hay.
rate-unit = El consumo se cobra por
rate-no-usage = Nada: un servicio fijo
rate-blocks = Precios por bloque
rate-blocks-hint = Para un solo precio llene únicamente el primero. El último bloque no tiene final.
# $number (number)
rate-block-end = El bloque { $number } termina en
# $number (number)
rate-block-price = Precio en el bloque { $number }
rate-percent = Impuesto o derecho en porcentaje
rate-percent-hint = De todos los cargos anteriores. Déjelo vacío si no hay.
rate-percent-as = El porcentaje es
rate-percent-kind = { $kind ->
    [franchise-fee] una tarifa de franquicia para la ciudad
   *[tax] un impuesto para el estado
}
rate-keep = Guardar como borrador
rate-back = Volver
rate-pick = Tomarlo de un archivo
rate-drafted-now = El borrador está guardado.
rate-submitted-now = La versión está presentada. Una segunda persona puede publicarla.
rate-published-now = La versión está publicada.
rate-withdrawn-now = La versión está retirada.
rate-refused = La versión ya avanzó; esto ya no es posible.
rate-same-person = Otra persona debe publicar lo que usted escribió o presentó.
rate-no-place = El cargo { $charge } se asienta en la cuenta { $account } del fondo { $fund }, que el plan de cuentas no tiene entonces. Agréguelos al plan o asiente el cargo en otro lugar.
# $day (date)
rate-not-later = Una versión publicada rige desde el { $day }; esta debe empezar después.
rate-other-service = En sus versiones publicadas la tarifa es de { $priced }, no de { $found }. Dele a la nueva un código propio.
rate-other-code = El documento es para { $found }, no para { $wanted }.
rate-from-missing = Diga desde qué día rige.
rate-field-missing = Llene este campo.
rate-not-a-number = Escriba un número como 4.86.
rate-no-charge = Una tarifa necesita un cargo base o un precio.
rate-unit-missing = Diga en qué unidad se cobra el consumo.
