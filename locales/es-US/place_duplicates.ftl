place-number = Número
place-own-numbers = Números de los libros anteriores
place-merged-here = También está escrito en los libros como: { $places }.
place-merged-into = Este lugar se unió al lugar { $id }. Dígalo allí.

place-pair-title = ¿Dos lugares, o uno?
place-pair-hint = Lo que hay en cada uno se ve junto a lo del otro. Al unirlos no se mueve dinero: cada cuenta debe lo que debía, y las facturas emitidas quedan como están.
place-pair-are-one = Uno de los dos se unió a otro lugar: aquí ya no hay nada que unir.
place-pair-other-addresses = Sus direcciones no son iguales. Asegúrese de que es un solo lugar.
place-pair-no-points = Allí no se presta ningún servicio.
place-pair-orders = Órdenes de servicio
place-pair-orders-open = { $all }, de las cuales abiertas: { $open }
place-pair-landlords = Propietarios anotados
place-pair-instructions = Instrucciones de propietarios
place-pair-lines = Registros de tuberías de servicio
place-pair-compare = Comparar dos lugares
place-pair-compare-hint = Para dos que la lista no encuentra, como una calle mal escrita. El número está en la página del lugar.
place-pair-one = Número de un lugar
place-pair-other = Número del otro lugar
place-pair-compare-go = Comparar los lugares
place-pair-no-place = Escriba los números de dos lugares nuestros.

place-merge-act-hint = Todo lo que se presta en el que se va se presta en el que se queda, con sus medidores y cuentas. Lo que pasa se muestra antes de hacerlo.
place-merge-stays = Cuál se queda
place-merge-stays-hint = Su dirección y sus datos son los que valen desde ahora.
place-merge-look = Ver lo que pasa
place-merge-two-hint = Como una casa al frente y otra al fondo con una misma dirección. La lista los omite desde ahora.
place-merge-apart-done = Siguen siendo dos lugares.
place-merge-check-title = Lo que resulta
place-merge-check-hint = Todavía no se hizo nada. Vea lo que pasa y luego únalos.
place-merge-moves = Lo que pasa
place-merge-kept = Se queda
place-merge-gone = Se va
place-merge-points = Puntos de servicio, cada uno con sus medidores y contratos
place-merge-accounts = Cuentas que reciben o recibieron servicio allí
place-merge-earlier = Lugares que se le unieron antes
place-merge-renamed = Se llama { $name } desde entonces, porque ya hay un punto así.
place-merge-said = Lo que se dijo del que se va se lee con el que se queda. Instrucciones de propietarios: { $said }. Registros de tuberías de servicio: { $lines }.
place-merge-beside = Servicio en los dos al mismo tiempo
place-merge-two-served = { $service }: la cuenta { $kept } está abierta en el lugar que se queda, y la cuenta { $gone } en el que se va. Los dos puntos quedan, y las dos cuentas se siguen facturando. Si una de ellas ya se mudó, termine primero su servicio.
place-merge-one-served = { $service }: la cuenta { $account } recibe servicio en los dos. Los dos puntos quedan y se siguen facturando. Si hay uno solo, termine el otro servicio.
place-merge-see-accounts = Ver las cuentas y los medidores de los dos
place-merge-facts = Datos de los dos que no son iguales
place-merge-facts-hint = Los datos del lugar que se queda valen desde ahora, también para precios y facturas. Corríjalos allí primero si los del otro son los correctos.
place-merge-fact = { $kept } se queda, { $gone } ya no vale
place-merge-not-said = sin datos
place-merge-reason = Por qué es un solo lugar
place-merge-reason-hint = Lo que usted vio u oyó, como una visita o un mapa.
place-merge-looked = Vi las dos cuentas: hay dos puntos, y los dos se facturan bien.
place-merge-done = Ahora son un solo lugar.
place-merge-one-and-the-same = Ya es un solo lugar.
place-merge-merged-before = Uno de los dos se unió antes. Vea el lugar en que se convirtió.
place-merge-look-first = Dos cuentas están abiertas lado a lado con un mismo servicio. Termine primero una de ellas, o diga que vio las dos.
place-merge-outdated = Lo que pasa cambió desde que usted lo vio. Se muestra como está ahora: véalo de nuevo.
place-merge-changed-since = { $what ->
    [merged] No se puede deshacer: el lugar que se quedó se unió otra vez desde entonces. Deshaga primero esa unión.
    [landlord] No se puede deshacer: desde entonces se anotó a un propietario o un propietario dijo algo allí, y no se sabe de cuál lugar. Abra de nuevo el otro lugar.
   *[line] No se puede deshacer: desde entonces se registró de qué es la tubería de servicio, y no se sabe de cuál lugar. Abra de nuevo el otro lugar.
}
place-merges-title = Lugares unidos
place-merges-hint = Cada unión queda aquí, con lo que se dijo de ella.
place-merges-none = No se unieron lugares.
place-merges-row = { $gone } se unió a { $kept }
place-merges-undo-why = Por qué son dos después de todo
place-merge-undone = La unión está deshecha: cada lugar tiene lo que había allí.
