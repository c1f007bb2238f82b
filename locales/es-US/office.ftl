# La oficina. El personal lee en inglés o en español, como prefiera.

office-title = { $page } | Oficina
office-home = Oficina de { -utility-short }, inicio
office-nav = Áreas
office-nav-today = Hoy
office-nav-accounts = Cuentas
office-nav-billing = Facturas
office-nav-meters = Medidores
office-nav-rates = Tarifas
office-nav-money = Dinero
office-nav-staff = Personal
office-nav-audit = Auditoría
office-queues = Mis pendientes
office-queue-exceptions = Excepciones
office-find-label = Buscar una cuenta
office-find-hint = Nombre, dirección, cuenta, medidor, teléfono o correo
office-settings = { $name }, ajustes
office-keys = Teclas
office-keys-on = Atajos de una sola tecla
office-key-find = buscar
office-key-move = mover
office-key-open = abrir
office-key-down = J
office-key-up = K
office-key-enter = Intro
office-key-slash = /

## Cómo se atiende a los clientes

service-figures-title = Cifras de servicio
service-figures-text = Lo que los clientes hacen por sí mismos, y lo que todavía requiere una llamada o la ventanilla.
service-accounts = Cuentas activas
service-paperless = Sin papel
service-with-sign-in = Con acceso
service-with-autopay = Con pago automático
service-by-month = Mes a mes
service-by-month-text = Las llamadas son las notas de contactos por teléfono. Las solicitudes y los pagos en línea se hacen sin nadie de la oficina.
service-told = Llamadas de quienes reciben avisos, y de los demás
service-told-text = Cuentas activas a las que se envió un aviso sobre una factura, un pago o su consumo en los últimos 90 días, junto a las que no, con las llamadas anotadas en esos días.
service-told-who = En los últimos 90 días
service-told-yes = Con aviso
service-told-no = Sin aviso
service-calls-a-hundred = Llamadas por cada cien cuentas
service-month = Mes
service-calls = Llamadas anotadas
service-requests = Solicitudes en línea
service-paid-online = Pagos en línea
service-paid-otherwise = Otros pagos
service-share = Pagado en línea
