# Closing a sign-in. The utility account goes on.

closing-title = Cerrar su acceso
closing-about = Ya no verá su cuenta aquí. Su servicio, su cuenta y sus facturas continúan.
closing-text = Esto cierra el acceso de { $email }. No se puede deshacer.
closing-goes-on = Su servicio, su cuenta con nosotros y sus facturas continúan, y lo que debe sigue pendiente. Para terminar el servicio, solicítelo.
closing-ends = Se cierra la sesión en todos los dispositivos, y nuestros mensajes sobre su cuenta dejan de llegar a este acceso y a su número de teléfono.
closing-paper = Las facturas llegan otra vez por correo postal, porque sin este acceso no llegarían a nadie, en la cuenta
closing-kept = Guardamos con la cuenta sus facturas, pagos, solicitudes y formas de pago, y un registro de lo que se hizo con este acceso y quién lo hizo.
closing-again = Puede crear un acceso nuevo con el mismo correo electrónico cuando quiera, con su número de cuenta y su última factura.
closing-charged = Nadie más atiende los pagos automáticos o programados de la cuenta
closing-charged-ends = Terminan con su acceso y usted recibe una confirmación, a menos que aquí diga otra cosa.
closing-keep = Seguir cobrando como acepté. Sé que después solo podré detenerlo llamando o con un acceso nuevo.
closing-action = Cerrar mi acceso
closing-stay = Conservarlo
closing-done = Su acceso está cerrado. Le enviamos una confirmación.
notice-closed-subject = Su acceso está cerrado
notice-closed-text = Su acceso a { -utility-short } se cerró como usted pidió, y se cerró la sesión en todos los dispositivos. Su servicio, su cuenta y sus facturas continúan.
notice-closed-charged = Los pagos automáticos y programados continúan, como usted dijo. Para detenerlos, llámenos o cree un acceso nuevo.
notice-closed-uncharged = Los pagos automáticos y programados terminaron. Desde ahora pague usted sus facturas.
notice-closed-paper = Sus facturas llegan otra vez por correo postal.
notice-closed-action = Crear un acceso nuevo
notice-closed-otherwise = Si no fue usted, llámenos enseguida.
