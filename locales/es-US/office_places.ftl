# Lugares, lo que se entrega en ellos y los medidores que lo cuentan.

places-title = Lugares
places-none = Todavía no se conoce ningún lugar. Abra el primero o impórtelos todos de un archivo.
places-not-found = Ninguna dirección tiene todas estas palabras. Busque menos, o abra el lugar.
place-search = Palabras de una dirección
place-new = Nuevo lugar
place-edit = Cambiar el lugar
place-save = Guardar el lugar
place-opened = El lugar está abierto. Diga qué se entrega allí.
place-changed = El cambio quedó guardado.
place-street = Número y calle
place-unit = Apartamento u oficina
place-if-any = Déjelo vacío si no hay.
place-city = Ciudad
place-state = Estado, dos letras
place-zip = Código postal
place-cycle = Ciclo de facturación
place-cycle-hint = Se sugiere para una cuenta nueva aquí, y lo sigue quien se muda a este lugar; quien recibe servicio aquí ahora conserva el suyo.
place-no-cycle = Ninguno todavía
place-units = Viviendas
place-units-hint = Cuántos hogares viven aquí; 0 si ninguno.
place-area = Techo y pavimento, pies cuadrados
place-area-hint = Para aguas pluviales. Déjelo vacío si nadie lo midió.
place-north = Grados norte
place-east = Grados este
place-point = Punto en el mapa
place-facts = Sobre el lugar
place-too-long = Escriba 80 caracteres a lo sumo por línea.
place-bad-state = Escriba las dos letras de un estado, por ejemplo IL.
place-bad-zip = Escriba un código postal como 60000 o 60000-1234.
place-bad-units = Escriba un número entero de viviendas, 0 o más.
place-bad-area = Escriba un número que no sea menor que cero.
place-bad-point = Escriba ambos grados, por ejemplo 41.8781 y -87.6298, o ninguno.
place-known = Esta dirección ya se conoce: búsquela entre los lugares.
place-no-points = Aquí todavía no se entrega nada. Agregue al lado el primer punto de servicio.
place-served = Quién recibe servicio
place-nobody = Aquí nunca nadie recibió servicio.
place-no-meter = Aquí nunca hubo un medidor.
place-since = desde el { $day }
place-unmetered = Aquí alguien recibe servicio y ningún medidor lo cuenta. Instale uno, o la factura espera.
place-point-new = Nuevo punto de servicio
place-point-hint = Donde se entrega un servicio. Un segundo punto del mismo servicio lleva un nombre propio.
place-point-open = Agregar el punto
place-point-opened = El punto de servicio está abierto.
place-point-known = Este servicio ya tiene aquí un punto así. Dé al nuevo un nombre propio.
place-commodity = Servicio
place-label = Nombre del punto
place-feeder = Alimentador, circuito o tubería principal
place-feeder-save = Guardar el alimentador
place-label-hint = Solo si hay varios, por ejemplo «Jardín».

## El inventario de medidores

meters-title = Medidores
meters-none = Ningún medidor del inventario tiene ese número.
meter-search = Comienzo del número de un medidor
meter-whereabouts = { $at ->
    [in_place] Instalados
    [in_stock] En existencia
   *[other] Todos los medidores
}
meter-state = { $state ->
    [in_place] Instalado
    [removed] Retirado
   *[new] Nunca instalado
}
meter-serial = Número del medidor
meter-title = Medidor { $serial }
meter-kind-label = Tipo
meter-kind-hint = Dos registros para un medidor compuesto o neto, uno para los demás; se puede agregar uno para picos.
meter-kind = { $kind ->
    [simple] De un registro
    [compound] Compuesto, caudal alto y bajo
    [deduct] De deducción: nunca llega al alcantarillado
    [net] Neto: entregado y recibido
   *[other] { $kind }
}
meter-size = Tamaño
meter-size-hint = Como lo nombran sus tarifas, por ejemplo 5/8. Déjelo vacío si ninguna tarifa lo pide.
meter-registers = Registros
meter-register-no = Registro { $slot }
meter-no-register = Ningún registro
meter-counts = Cuenta
meter-channel = { $channel ->
    [delivered] Entregado
    [received] Recibido del cliente
    [high] Caudal alto
    [low] Caudal bajo
    [demand] Potencia máxima
   *[other] { $channel }
}
meter-unit = En
meter-dials = Dígitos enteros
meter-decimals = Decimales
meter-multiplier = Multiplicador
meter-multiplier-hint = Lo que representa una unidad de la carátula; 1 si la carátula muestra la unidad misma.
meter-interval = Intervalos
meter-no-intervals = No registra ninguno
meter-every = cada { $minutes } minutos
meter-key = Nombre en los archivos de importación
meter-key-hint = Déjelo vacío para usar el número del medidor.
meter-last-read = Última lectura
meter-places = Dónde estuvo
meter-new = Nuevo medidor
meter-take = Ingresarlo
meter-taken-now = El medidor está en el inventario.
meter-bad-serial = Escriba el número del medidor, de 40 caracteres a lo sumo.
meter-bad-size = Escriba 40 caracteres a lo sumo.
meter-serial-taken = El medidor { $serial } ya está en el inventario.
meter-key-taken = Otro registro se llama { $key } en los archivos de importación. Dé a este otro nombre.
meter-bad-registers = { $kind ->
    [simple] Un medidor de este tipo tiene un registro de lo entregado y, a lo sumo, uno de picos.
    [compound] Un medidor compuesto tiene un registro de caudal alto y uno de caudal bajo.
    [deduct] Un medidor de deducción tiene un solo registro, de lo entregado.
   *[net] Un medidor neto tiene un registro de lo entregado, uno de lo recibido y, a lo sumo, uno de picos.
}
meter-bad-unit = Un registro de este tipo ({ $channel }) no cuenta en { $unit }: los picos van en kW o kVA, y nada más.
meter-bad-face = Una carátula tiene de 1 a { $dials } dígitos enteros y a lo sumo { $decimals } decimales.
meter-bad-multiplier = Escriba un número mayor que cero.

## Instalado, cambiado, retirado

meter-install = Instalar un medidor
meter-exchange = Cambiar por otro
meter-remove = Retirar
meter-move-title = { $deed ->
    [install] Instalar un medidor
    [exchange] Cambiar un medidor por otro
   *[remove] Retirar un medidor
}
meter-move-do = { $deed ->
    [install] Instalarlo
    [exchange] Cambiarlos
   *[remove] Retirarlo
}
meter-move-done = { $deed ->
    [install] El medidor está instalado.
    [exchange] Los medidores están cambiados. El período se factura por lo que contaron ambos.
   *[remove] El medidor está retirado y otra vez en existencia.
}
meter-move-day = Día
meter-move-day-hint = { $deed ->
    [install] El primer día en que cuenta.
    [exchange] El día en que uno se va y el otro llega.
   *[remove] El primer día sin él.
}
meter-which = Qué medidor llega
meter-none-in-stock = No hay ningún medidor en existencia. Ingrese primero uno en el inventario.
meter-not-in-stock = Ningún medidor en existencia tiene este número. Ingréselo primero al inventario.
meter-comes = Medidor { $serial }: { $kind }
meter-another = Elegir otro
meter-closing = Lo que muestra el medidor que se va
meter-opening = Lo que muestra el medidor que llega
meter-shows = { $serial }, { $channel }, { $unit }
meter-by-intervals = Déjelo vacío si el medidor se factura solo por sus intervalos
meter-beside = Cuenta junto al medidor que está aquí: la factura es por ambos
meter-future = Ese día todavía no llega.
meter-not-metered = { $service } no tiene medidor propio.
meter-wrong-unit = Un registro en { $unit } no puede contar este servicio: { $service }.
meter-hangs-elsewhere = Este medidor está en { $place } desde el { $day }. Retírelo primero de allí.
meter-point-taken = Aquí está el medidor { $serial }. Cámbielo por este, o diga que ambos cuentan juntos.
meter-nothing-to-deduct = Aquí no hay un medidor del que este pueda deducir. Instale primero ese.
meter-not-hung = Este medidor no estaba aquí antes del { $day }. Elija un día posterior.
meter-not-alike = Un medidor de deducción se cambia por otro de deducción, y ningún otro por él.
meter-same = Los dos son el mismo medidor. Elija el que llega.
meter-billed = Los días anteriores al { $day } ya se facturaron. Anule primero esa factura o elija un día posterior.
meter-drafted = Un borrador factura los días anteriores al { $day }. Descarte primero ese borrador o elija un día posterior.
meter-ends-with-bill = Una factura terminó el { $day } con otra lectura de este medidor. Escriba esa lectura, o elija el día siguiente: lo que se usó hasta entonces se factura con el próximo período.
meter-other-value = Ese día ya se leyó este registro con el valor { $value }. Escriba aquí ese valor. Si es incorrecto, escriba primero el correcto como lectura de ese día desde la página de la cuenta.
meter-moved-unread = Esto ya se anotó, sin lectura de este registro. Escriba el valor como lectura de ese día desde la página de la cuenta.
