# Palabras del oficio, dichas una sola vez.

## Services

service-name = { $commodity ->
    [water] Agua
    [sewer] Alcantarillado
    [stormwater] Aguas pluviales
    [electric] Electricidad
    [gas] Gas
    [refuse] Basura y reciclaje
   *[other] Otros servicios
}
unit-name = { $unit ->
    [kWh] kWh
    [kW] kW
    [gal] galones
    [kgal] miles de galones
    [cf] pies cúbicos
    [CCF] CCF
    [m3] metros cúbicos
    [L] litros
    [therm] termias
    [ERU] ERU
    [each] unidades
    [day] días
   *[other] { $unit }
}
unit-short = { $unit ->
    [therm] termias
    [each] unidades
    [day] días
   *[other] { $unit }
}
unit-priced = { $unit ->
    [kgal] mil galones
    [therm] termias
    [each] unidades
    [day] días
   *[other] { $unit }
}
read-quality = { $quality ->
    [actual] Lectura real
    [estimated] Lectura estimada
    [edited] Lectura corregida
    [missing] Sin lectura
   *[other] { $quality }
}

in-days = { $days ->
    [0] hoy
    [1] mañana
   *[other] en { $days } días
}
days-ago = { $days ->
    [1] ayer
   *[other] hace { $days } días
}
days-count = { $days ->
    [one] 1 día
   *[other] { $days } días
}
day-span = del { $from } al { $until }
day-span-years = del { $from } al { $until }
