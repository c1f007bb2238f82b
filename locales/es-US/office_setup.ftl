# Toda una empresa desde sus propios archivos, y lo que falta hasta la primera factura.

setup-title = Toda la empresa desde archivos
setup-hint = Ciclos, lugares, medidores, clientes, cuentas, últimas lecturas, saldos y depósitos. No se toma nada antes de que usted vea qué resultaría.
setup-send = Enviar los archivos
setup-files = Archivos
setup-files-hint = Todos a la vez, o algunos: lo que un archivo nombra debe estar en otro de ellos o conocerse aquí. Cada uno de 64 MB a lo sumo, y 128 MB en conjunto.
setup-which = Los archivos
setup-which-hint = Cada uno comienza con una línea de encabezados; los que llevan * son necesarios. Lo que ya se conoce por sus propios números queda como está.
setup-file = { $file ->
    [cycles] Ciclos de facturación.
    [premises] Lugares.
    [service_points] Dónde se entrega cada servicio.
    [meters] Medidores, una línea por registro.
    [customers] Personas y organizaciones.
    [accounts] Cuentas.
    [agreements] A quién se sirve dónde y con qué tarifa. Datos como carts=2; impervious=2100.
    [last_reads] Lo que mostraba cada registro cuando se facturó por última vez.
    [deposits] Lo que se guarda como depósito, desde cuándo, y hasta qué día se pagaron sus intereses.
   *[other] Lo que se debe, por fondo y vencimiento; bajo cero, lo que se guarda para un cliente.
}
setup-look = Lo que contienen los archivos
setup-new = Nuevas
setup-balances = Saldos iniciales: { $owed } por cobrar, { $held } guardado para clientes.
setup-deposits = Depósitos guardados: { $held }.
setup-take = Tomar todo
setup-done = Todo está tomado.
setup-unknown-file = { $name } no es ninguno de los archivos. Déle uno de los nombres de al lado.
setup-file-twice = { $name } se envió dos veces. Envíe cada archivo una sola vez.
setup-too-many = Son más de diez archivos. Envíe cada uno de los diez una sola vez.
setup-refused = { $count ->
    [one] 1 línea no se puede tomar
   *[other] { $count } líneas no se pueden tomar
}
setup-refused-hint = Mientras haya una, no se toma nada. Corrija las líneas y envíe los archivos otra vez.
setup-line = Línea
setup-why = { $why ->
    [no_column] Al archivo le falta la columna { $column }. Agréguela.
    [unknown_column] No existe la columna { $column }. Corrija el encabezado u omita la columna.
    [not_a_line] La línea tiene más campos que encabezados, o no es texto simple. Ponga entre comillas los campos con comas y guarde el archivo como UTF-8.
    [missing] { $column } está vacío. Complételo.
    [not_one_of] { $column }: { $value } no es ninguna de las palabras de esta columna. Elija una de ellas.
    [not_a_day] { $column }: { $value } no es un día. Escríbalo como 2026-12-08.
    [not_a_number] { $column }: { $value } no es un número que pueda estar aquí. Escríbalo simple, como 12.5, y dentro de sus límites.
    [not_an_amount] { $column }: { $value } no es un importe. Escríbalo como 84.10, o -84.10 si es un crédito; si no se debe nada, no hace falta la línea.
    [unknown] { $column }: { $value } no está en los archivos ni se conoce aquí. Agregue su línea o corrija el número.
    [twice] { $column }: { $value } está dos veces en el archivo. Deje una de las líneas.
    [taken] { $column }: { $value } ya se conoce aquí como otra cosa. Dé a este otro nombre.
    [alike] { $column }: salvo mayúsculas, espacios y ceros iniciales, esto es { $value }. Escriba { $value }, o dé a otra cosa un número propio.
    [too_long] { $column } es demasiado largo. Acórtelo.
    [no_state] { $column }: { $value } no es un estado. Escriba sus dos letras, por ejemplo IL.
    [no_zip] { $column }: { $value } no es un código postal. Escriba 60000 o 60000-1234.
    [no_point] { $column }: { $value } no es un punto de la tierra. Escriba grados como 41.8781 y -87.6298.
    [known_address] { $column }: { $value } es la dirección de otro lugar. Distíngalos por el apartamento.
    [known_point] { $column }: el lugar ya tiene un punto de { $value } con este nombre. Dé a este un nombre propio u omita la línea.
    [differs] Las líneas del medidor { $value } difieren en tipo, tamaño, lugar o día. Que digan lo mismo.
    [registers] El medidor no tiene los registros de su tipo. Uno de lo entregado; alto y bajo si es compuesto; entregado y recibido si es neto.
    [wrong_unit] { $column }: { $value } no cuenta este servicio. Corrija la unidad, el canal o el punto.
    [not_metered] { $column }: en { $value } no se mide nada. Solo agua, electricidad y gas tienen medidor.
    [point_taken] { $column }: otro medidor cuenta en { $value }. Omita uno, o escriba yes en beside si ambos cuentan juntos.
    [nothing_to_deduct_from] { $column }: en { $value } no hay un medidor del que este pueda deducir. Agregue ese.
    [not_an_address] { $column }: { $value } no es una dirección de correo electrónico.
    [not_a_phone] { $column }: { $value } no es un número de teléfono. Escríbalo con su código de área.
    [no_email] { $column }: el cliente no tiene correo electrónico. Agregue uno o escriba paper.
    [future] { $column }: { $value } todavía no llega.
    [served] { $column }: alguien ya recibe servicio en { $value }. Termine primero ese servicio o deje una de las líneas.
    [not_served] { $column }: la cuenta { $value } está cerrada o en cierre. Abra otra cuenta y escriba su número.
    [billed] { $column }: los días anteriores al { $value } están en una factura o un borrador. Escriba { $value } o un día posterior, o cancele antes la factura o anule el borrador.
    [no_rate] { $column }: ninguna tarifa publicada { $value } pone precio a este servicio. Publíquela primero o corrija el código.
    [other_class] { $column }: { $value } no tiene precios para la clase de la cuenta.
    [fact_missing] { $column }: la tarifa pide { $value }. Escriba { $value }=1, con el número verdadero.
    [fact_unasked] { $column }: la tarifa no pide todo esto: { $value }. Omita lo que no conoce.
    [not_installed] { $column }: el medidor no estaba en ningún lugar el { $value }. Corrija el día o el installed_on del medidor.
    [beyond_face] { $column }: el registro no puede mostrar { $value }. Corrija el valor o los dígitos del medidor.
    [not_received] { $column }: { $value } es anterior al día en que se recibió el depósito. Corrija uno de los dos.
    [deposit_open] { $column }: ya se pide o se guarda un depósito de { $value }. Omita la línea.
    [no_deposits] { $column }: al catálogo de cuentas le falta el fondo de la norma de depósitos, o una cuenta para los depósitos pedidos o guardados. Fíjelo primero.
   *[no_fund] { $column }: { $value } no es un fondo del catálogo de cuentas que gane dinero. Escriba uno de sus códigos, por ejemplo WATER.
}

## Lo que falta hasta la primera factura

missing-title = Hasta que pueda facturar
missing-hint = Una factura necesita todo esto. Hágalo en este orden, o tráigalo todo de una vez.
missing-done = hecho
missing-cycle = Abrir un ciclo de facturación
missing-rate = Publicar una tarifa por cada servicio
missing-place = Abrir los lugares y sus puntos de servicio
missing-account = Abrir las cuentas
missing-files = O traer toda la empresa desde archivos
