# Abrir una cuenta: dónde, quién, con qué tarifas y sobre qué datos.

account-new = Nueva cuenta
opening-where = ¿Dónde se sirve?
opening-new-place = El lugar no está aquí: ábralo
opening-who = ¿Para quién es la factura?
opening-somebody-new = Alguien nuevo
opening-somebody-else = Elegir a otra persona
opening-known = Alguien conocido: nombre, teléfono o correo
opening-nobody-found = Ningún conocido tiene todas estas palabras.
opening-customer = Cliente
opening-account = Cuenta
opening-class = Clase
opening-delivery = { $way ->
    [paper] En papel
    [email] Por correo electrónico
   *[both] En papel y por correo electrónico
}
opening-no-rate = Sin servicio
opening-served = { $name } recibe servicio aquí ese día. Termine primero ese servicio o deje este fuera.
opening-go-on = Continuar
opening-look = Revise todo
opening-look-hint = Todavía no se abre nada.
opening-first-bill = Primera factura
opening-first-bill-on = el { $issue }, por los días hasta el { $read }
opening-drafted = Las facturas del { $from } al { $until } se prepararon antes de que existiera esta cuenta. Una vez abierta, cada uno de esos períodos espera entre las excepciones para que se prepare su factura.
opening-read = El primer día
opening-not-read = sin lectura
opening-open = Abrir la cuenta
opening-change = Cambiar algo
opening-done = La cuenta está abierta y recibe servicio.
opening-nothing = Elija una tarifa para al menos un servicio.
opening-first-day = Elija un primer día del { $from } al { $until }.
opening-no-email = Dé una dirección de correo electrónico, o deje que las facturas lleguen en papel.
opening-other-class = Esta tarifa no tiene precios para la clase de la cuenta. Elija otra tarifa u otra clase.
opening-other-facts = Esta tarifa pide otros datos. Elíjala otra vez y complételos.
opening-read-refused = Este valor no se puede tomar ese día. Déjelo vacío y escriba la lectura después.
opening-read-replaces = Ese día se leyó { $value }. Siga solo si el valor de aquí es el correcto: reemplaza al otro.
opening-read-stands = Ese día se leyó { $value }. Escriba ese valor, o deje el campo vacío y pregunte a quien registra lecturas.
opening-read-to-come = El primer día aún no llega. Deje esto vacío y registre la lectura ese día o después.
