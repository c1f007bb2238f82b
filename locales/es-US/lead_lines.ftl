service-lines-title = Líneas de servicio
service-lines-hint = De qué son las líneas de servicio de agua, como lo pide 40 CFR 141.84(a). A quien recibe agua por una que es o puede ser de plomo se le avisa por carta al comenzar el servicio y una vez al año.
service-lines-missing = Fuera del inventario
service-lines-missing-hint = De estas líneas no hay nada anotado. Incluidas como desconocidas, se avisa a quien recibe agua allí.
service-lines-take-missing = Incluirlas como desconocidas
service-lines-list = Líneas de las que se avisa, o de la clase elegida
service-lines-none = Ninguna.
service-lines-upload = Tomar un archivo
service-lines-upload-hint = Una tabla cuya primera línea nombra place, side, material, source, known_on y, si hay, words. Lados: utility, customer. Materiales: lead, galvanized, non_lead, unknown. Fuentes: records, inspection, excavation, customer, not_looked. Se toma entera o no se toma.
service-line-kind = { $kind ->
    [lead] Plomo
    [galvanized] Galvanizada, por reemplazar
    [unknown] Desconocida
   *[non_lead] Sin plomo
}
service-line-material = { $material ->
    [lead] Plomo
    [galvanized] Galvanizada, por reemplazar
    [non_lead] Sin plomo
   *[unknown] Desconocida
}
service-line-parts = Parte de la empresa: { $utility }. Parte del cliente: { $customer }.
service-line-title = Línea de servicio
service-line-known = Lo que se anotó
service-line-nothing = No hay nada anotado de esta línea.
service-line-record = Anotar una parte
service-line-record-hint = De cada parte vale lo último; lo anotado antes se sigue leyendo.
service-line-side-label = De quién es la parte
service-line-side = { $side ->
    [utility] Parte de la empresa
   *[customer] Parte del cliente
}
service-line-material-label = Hecha de
service-line-source-label = Cómo se sabe
service-line-source = { $source ->
    [records] Por los registros
    [inspection] Se miró
    [excavation] Se excavó
    [customer] Lo dijo el cliente
   *[not_looked] Nadie ha mirado todavía
}
service-line-known-on = Se sabe desde
service-line-words = Qué más se sabe
service-line-saved = Está anotado.
service-line-day-ahead = Elija hoy o un día anterior.
service-line-no-water = No entregamos agua en lugares con estos números: { $places }.
notice-lead-subject = Sobre el plomo, o lo que puede ser plomo, en su línea de servicio de agua
notice-lead-greeting = Saludos a quien vive en esta dirección:
notice-lead-text-lead = La línea de servicio de agua de { $place }, el tubo que trae el agua desde la red, es de plomo, o lo es una parte de ella.
notice-lead-text-galvanized = La línea de servicio de agua de { $place }, el tubo que trae el agua desde la red, es galvanizada y está o estuvo conectada después de plomo. Puede contener plomo y hay que reemplazarla.
notice-lead-text-unknown = No sabemos de qué es la línea de servicio de agua de { $place }, el tubo que trae el agua desde la red. Puede ser de plomo.
notice-lead-health = La exposición al plomo en el agua potable puede causar efectos graves para la salud en todos los grupos de edad. Los bebés y los niños pueden tener disminuciones en el coeficiente intelectual y la capacidad de atención. La exposición al plomo puede causar nuevos problemas de aprendizaje y de conducta o agravar los que ya existen. Los hijos de mujeres expuestas al plomo antes del embarazo o durante él pueden tener mayor riesgo de estos efectos. Los adultos pueden tener mayor riesgo de enfermedades del corazón, presión arterial alta y problemas de los riñones o del sistema nervioso.
notice-lead-steps = Mientras tanto: deje correr el agua antes de beberla o cocinar con ella, use para eso y para la fórmula de bebés solo agua fría, limpie los filtros de sus llaves y use un filtro certificado para retirar el plomo. Hervir el agua no retira el plomo. Puede mandar analizar su agua.
notice-lead-replace = Llámenos para reemplazar la línea y preguntar por programas que ayudan a pagarla. Si manda reemplazar su parte, avísenos antes: entonces reemplazamos la nuestra.
notice-lead-verify = Llámenos para averiguar de qué es su línea. Muchas veces basta mirar por dónde entra el tubo al edificio, y podemos ayudarle.
