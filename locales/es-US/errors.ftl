# Cada manera de decir que no, y cada disculpa.

error-not-found-title = No encontramos esa página
error-not-found-text = Puede que haya cambiado de lugar o que el número no sea correcto. Desde el inicio se llega a todas sus facturas y pagos.
error-not-found-office = Puede que haya cambiado de lugar o que el número no sea correcto. La búsqueda encuentra cuentas, facturas, pagos y órdenes por su número.
error-forbidden-title = No tiene permiso para esto
error-forbidden-text = Su puesto en la oficina no lo incluye. Si lo necesita para su trabajo, pídalo a un administrador.
error-expired-title = Esta página estuvo abierta demasiado tiempo
error-expired-text = No se cambió nada. Si su sesión terminó, inicie sesión de nuevo; después vuelva, cargue la página otra vez y envíela.
error-too-many-title = Demasiados intentos
error-too-many-text = Para proteger las cuentas hacemos una pausa tras muchos intentos. Inténtelo de nuevo { $minutes ->
    [one] en 1 minuto
   *[other] en { $minutes } minutos
}.
error-conflict-title = Alguien fue más rápido
error-conflict-text = Esto cambió mientras usted lo veía. Cargue la página de nuevo para ver cómo está ahora.
error-unreadable-title = No pudimos leer lo que se envió
error-unreadable-text = Vuelva e inténtelo otra vez. No se cambió nada.
error-too-large-title = Ese archivo es demasiado grande
error-too-large-text = Una foto o un documento tiene como máximo { $paper } MB. No se cambió nada. Vuelva en su navegador a lo que escribió y envíe uno más pequeño.
error-too-large-office = Una foto o un documento tiene como máximo { $paper } MB, y un archivo para importar { $file } MB. No se cambió nada. Vuelva en su navegador a lo que escribió y envíe uno más pequeño.
file-empty = Este archivo está vacío. Revíselo donde lo obtuvo y elíjalo otra vez.
error-fault-title = Algo falló de nuestro lado
error-fault-text = Quedó registrado y lo revisaremos. Su dinero y su cuenta están a salvo. Si nos llama, diga este número:
error-home = Ir al inicio
error-call = Llame al { $phone }
