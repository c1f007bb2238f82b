# Lo que un contrato agrega a los datos de sus facturas: cosas contadas y marcas que pide una tarifa.

fact-name = { $name ->
    [dwellings] Viviendas
    [dwelling_units] Viviendas
    [homes] Hogares
    [units] Unidades
    [impervious] Superficie impermeable
    [impervious_sqft] Superficie impermeable
    [impervious_area] Superficie impermeable
    [area] Superficie impermeable
    [retained] Agua de lluvia retenida en el lugar
    [parking] Lugares de estacionamiento
    [erus] ERU
    [eru] ERU
    [carts] Contenedores con ruedas
    [recycling_carts] Contenedores de reciclaje
    [yard_carts] Contenedores de residuos de jardín
    [containers] Contenedores
    [pickups] Recolecciones
    [lamps] Lámparas
    [lights] Luces
    [hydrants] Hidrantes
    [fire_lines] Tomas contra incendios
    [bedrooms] Dormitorios
    [rooms] Habitaciones
    [beds] Camas
    [fixtures] Aparatos sanitarios
    [pools] Piscinas
    [contract_demand] Demanda contratada
    [senior] Descuento para personas mayores
    [tax-exempt] Exento de impuestos
    [tax_exempt] Exento de impuestos
    [low-income] Descuento por bajos ingresos
    [low_income] Descuento por bajos ingresos
    [medical] Necesidad médica
    [life-support] Soporte vital
    [veteran] Veterano
    [disabled] Descuento por discapacidad
    [rain-garden] Jardín de lluvia
    [rain_garden] Jardín de lluvia
    [outside] Fuera de la ciudad
    [outside-city] Fuera de la ciudad
    [well] Pozo propio
    [septic] Fosa séptica propia
    [solar] Solar
   *[other] { $name }
}
fact-of-charge = { $name }, para { $charge }
fact-in-unit = En { $unit }.
fact-not-whole = Escriba un número entero, como 2.
fact-none = Ninguno
facts-title = Datos para las facturas
facts-of-rate = Lo que pide la tarifa { $rate }
facts-hint = Lo que se sabe del lugar ya está escrito. Compruébelo con el lugar y la persona.
facts-none-asked = Esta tarifa no pide nada más.
facts-change = Cambiar desde un día
facts-change-hint = La factura de un período en el que cambian cuenta por separado los días anteriores y posteriores. Los días facturados quedan como están.
facts-change-link = Datos y sus cambios
facts-history = Lo que contó y lo que cuenta
facts-later = Ya se conoce un cambio a partir del { $day }, que contaría desde entonces tal como está. Elija el { $day } o un día posterior.
facts-saved = Guardado. Cuenta desde el { $day }.
service-choose = Continuar
service-choose-again = Elegir de nuevo
