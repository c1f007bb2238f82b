# Mudanzas: salir, entrar, pasar de un lugar a otro. El formulario de la oficina, la revisión previa y las palabras al cliente.

move-act = Entrada o salida
move-title = Entrada o salida
move-hint = Indique qué termina, qué empieza, o ambas cosas. Nada cuenta antes de que usted lo haya revisado.

## El lugar anterior

move-out = Salida
move-last-day = Último día de servicio
move-last-day-hint = Déjelo vacío si nada termina. Ese día todavía se factura aquí.
move-what-ends = Qué termina
move-no-services = La cuenta no tiene servicio.
move-read = El medidor { $serial } marca, en { $unit }
move-read-without = { $fate ->
    [known] La lectura de ese día ya existe.
    [reported] El medidor informa por sí mismo.
    [estimated] Sin lectura: cuenta una tomada a tres días o menos; si no hay, se estima al hacer las facturas.
   *[needed] Sin lectura: alguien debe leerlo, porque no se puede estimar. Hasta entonces la factura queda retenida.
}

## El lugar nuevo

move-in = Entrada
move-first-day = Primer día de servicio
move-first-day-hint = Déjelo vacío si nada empieza.
move-find = Buscar el lugar
move-find-hint = Número y calle. También se encuentra por un nombre o un medidor.
move-find-now = Buscar
move-found = Lugares encontrados
move-none-found = Ningún lugar tiene esa dirección. Escriba el número y el comienzo de la calle.
move-show-services = Mostrar los servicios de allí
move-vacant = Nadie recibe servicio allí
move-served = { $name }, cuenta { $account }, recibe servicio allí.
move-served-until = { $name }, cuenta { $account }, recibe servicio allí hasta el { $day }.
move-served-landlord = La cuenta del propietario { $account } recibe servicio allí y cede el lugar.
move-what-begins = Qué empieza en { $place }
move-no-points = A este lugar no llega ningún servicio. Primero debe conectarlo una cuadrilla.
move-rate-of = Tarifa de { $service }

## Correo

move-mail = Correo
move-mail-now = Ahora va a { $lines }.
move-mail-unknown = No se conoce ninguna dirección para el correo.
move-mail-where = El correo va
move-mail-choice = { $way ->
    [keep] como ahora: a la dirección postal o, si no hay, al lugar del servicio
    [place] al lugar nuevo
   *[address] a esta dirección
}
move-mail-from = Desde
move-mail-hint = También para la última factura del lugar anterior. Cuatro líneas como máximo, sin el nombre.

## Qué está mal

move-nothing = Indique qué termina, qué empieza o adónde va el correo.
move-choose-services = Elija al menos un servicio.
move-choose-place = Busque el lugar y elíjalo.
move-choose-day = Indique qué día empieza el servicio.
move-choose-rate = Elija una tarifa
move-write-address = Escriba la dirección a la que va el correo.
move-mail-no-place = No hay lugar nuevo. Escriba una dirección o deje el correo como está.
move-read-to-come = Ingrese la lectura el { $day } o después: ese día aún no llega.
move-read-later = Ingrese las lecturas cuando llegue su día.
move-read-unusual = La lectura es inusual: { $reasons }. Revísela y confírmela.
move-not-stopped = { $service } no termina ese día. { $why }
move-not-started = { $service } no empieza allí. { $why }
move-other-class = { $code } no tiene precios para la clase de esta cuenta: { $class }. Elija otra tarifa.
move-billed-until = La factura de la cuenta por los días anteriores al { $day } ya salió. Elija el { $day } o después; o anule esa factura, realice la mudanza y factúrela de nuevo.
move-account-closed = La situación de la cuenta no lo permite.
move-not-as-asked = La solicitud pide más que esto. Una mudanza tiene un final aquí y un comienzo allí.

## La revisión previa

move-look = Revisar el resultado
move-check-title = Revise antes de que cuente
move-check-hint = Todavía no se ha hecho nada.
move-check-what = Resultado
move-check-ends = Qué termina
move-check-begins = Qué empieza
move-check-bills = Facturas
move-line-ends = { $service }: el último día es el { $day }
move-line-begins = { $service }: el primer día es el { $day }, con la tarifa { $rate }
move-read-fate = { $fate ->
    [entered] Medidor { $serial }: la lectura se ingresa con esto.
    [known] Medidor { $serial }: la lectura de ese día ya existe.
    [reported] El medidor { $serial } informa por sí mismo: se toma lo que marcaba al comenzar el día.
    [estimated] El medidor { $serial } aún no se ha leído: cuenta una lectura tomada a tres días o menos; si no, una estimación.
   *[needed] El medidor { $serial } debe leerse: no se puede estimar, y la factura queda retenida hasta que alguien ingrese la lectura.
}
move-read-estimated = El medidor { $serial } aún no se ha leído. Cuenta una lectura tomada a tres días o menos; si no se ingresa ninguna hasta el { $day }, se estima.
move-landlord-continues = El propietario quiere que siga: sigue desde el día siguiente en la cuenta { $account }, y se le avisa.
move-landlord-vacant = El propietario quiere que el lugar quede sin él, y se le avisa.
move-landlord-stuck = El propietario quiere que siga, y la cuenta { $account } no puede asumirlo como está: una excepción pide que alguien lo revise.
move-landlord-billed = El servicio en la cuenta del propietario { $account } ya se facturó y queda como está: una excepción pide que alguien lo revise.
move-gives-way = La cuenta del propietario { $account } recibe servicio allí hasta entonces y cede el lugar el { $day }.
move-bill-both = Una sola factura de { $cycle } abarca ambos lugares, con fecha del { $issue } y vencimiento el { $due }: el anterior hasta el { $last }, el nuevo desde su primer día, cada uno por sus días.
move-bill-last = { $cycle } factura el lugar anterior hasta el { $last }, por sus días. Esa factura lleva fecha del { $issue } y vence el { $due }.
move-bill-first = { $cycle } factura el lugar nuevo desde el { $first }, por sus días. Esa factura lleva fecha del { $issue } y vence el { $due }.
move-mail-to = Desde el { $day } va a { $lines }, también la última factura del lugar anterior si sale después.
move-mail-place = Desde el { $day } va a { $place }, también la última factura del lugar anterior si sale después.
move-mail-stays = Sigue yendo a { $lines }.
move-cycle-changes = El lugar nuevo se lee con { $cycle }. La cuenta se factura con ese ciclo desde el { $day } y con el actual hasta entonces: cada día una vez.
move-cycle-stays = El lugar nuevo se lee con { $cycle }. La cuenta conserva su ciclo, porque recibe servicio también en otro lugar o llegó a él hace poco: en el lugar nuevo hacen falta lecturas cerca de su propio día de lectura, o se estima.
move-run-made = Las facturas del período que empieza el { $day } ya tienen fecha. Si la cuenta no está entre ellas, aparece en las excepciones como no facturada: prepare allí su borrador.
move-overlap-day = El { $day } ambos lugares reciben servicio y ambos se facturan.
move-overlap = Del { $first } al { $last } ambos lugares reciben servicio y ambos se facturan.
move-gap = Desde el { $from } hasta el { $first } la cuenta no tiene servicio.
move-not-begun = { $service } termina en el lugar anterior, se ofrece en el nuevo y no empieza allí.
move-mail-others = { $count ->
    [one] La otra cuenta del cliente también recibe allí su correo.
   *[other] Las otras { $count } cuentas del cliente también reciben allí su correo.
}
move-no-service = Después de eso la cuenta no tiene servicio. Su saldo ahora es de { $balance }. Su situación no cambia: pásela a «en cierre» cuando haya pasado el último día, y ciérrela cuando la última factura esté saldada.
move-words = Mensaje al cliente
move-words-hint = El cliente lo lee en la solicitud y se le avisa una sola vez. Está en el idioma de la cuenta.
move-do = Realizarlo
move-change = Cambiarlo
move-changed = El resultado ya es otro. Revíselo de nuevo y luego realícelo.
move-done = Está hecho.
move-done-told = Está hecho, y se avisó al cliente.
move-billed-to = Facturada hasta
move-goes-along = Lo que se debe, los planes de pagos, las disputas, el pago automático y el depósito quedan con la cuenta y van con ella.

## Al cliente

move-told-ended = El servicio en { $place } termina el { $day }, que es el último día: { $services }.
move-told-begun = El servicio en { $place } empieza el { $day }: { $services }.
move-told-last-bill = La factura que abarca el lugar anterior hasta el { $day } lleva fecha del { $issue }.
move-told-mail = Desde el { $day } su correo va a { $lines }.
move-told-mail-place = Desde el { $day } su correo va al lugar nuevo.

## Al lado

move-carry-out = Realizarlo
move-carry-out-hint = Abre la mudanza con los días y el lugar que escribió el cliente. Nada cuenta antes de que usted lo haya revisado.
account-no-service = Sin servicio desde el { $day }
account-no-service-hint = Pase su situación a «en cierre», y a «cerrada» cuando esté saldada.
account-no-service-move = Situación de la cuenta
account-cycle-from = desde el { $day }
account-service-from = desde el { $day }
account-mail-coming = desde el { $day }: { $lines }
account-mail-coming-place = desde el { $day }: el lugar del servicio
