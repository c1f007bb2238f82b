# Las páginas del cliente.

## Every page

utility-name = { -utility }
utility-short = { -utility-short }
utility-kind = Servicios municipales
page-title = { $page } | { -utility-short }
page-title-error = Error: { $page } | { -utility-short }
page-about = Su cuenta de { -utility-short }: saldo, pagos, consumo y servicio.
skip-to-main = Ir al contenido principal
nav-main = Principal
nav-main-bottom = Principal, abajo
nav-home = Inicio
nav-usage = Consumo
nav-bills = Facturas
nav-payments = Pagos
nav-pay = Pagar
nav-sign-in = Entrar
nav-sign-out = Salir
nav-profile = { $name }, su acceso
language-switch = English
footer-questions = ¿Preguntas?
footer-phone-note = TTY 711
footer-emergency = Olor a gas o cable caído: salga y llame al 911
theme-switch = Claro u oscuro
banner-sandbox = Pagos de prueba: aquí no se mueve dinero.
banner-demo = Un pueblo de demostración: las personas y el dinero son inventados.
banner-mail = Lea el correo que envía
live-now = En vivo
pager-label = Páginas
pager-previous = Más recientes
pager-next = Más antiguos
pager-place = Página { $page } de { $pages }
pager-page = Página { $page }
yes = Sí
no = No
cancel = Cancelar
back = Volver
see-all = Ver todo
print-page = Imprimir

## Forms

form-problems-title = Hay un problema
form-error-prefix = Error:
form-optional = (opcional)
form-required = Llene este campo.
form-not-money = Escriba un monto como 84.10.
form-not-a-date = Escriba una fecha como 2026-12-08.
form-not-a-number = Escriba un número.
form-choose = Elija una opción.

## Charts

chart-this-year = Este año
chart-last-year = Un año antes
chart-estimated = Estimado
chart-month-label = { $month }: { $used } { $unit }, { $direction ->
    [less] { $change } % menos que un año antes
    [more] { $change } % más que un año antes
    [same] igual que un año antes
   *[none] sin dato para comparar
}{ $estimated ->
    [yes] , estimado
   *[no] {""}
}
chart-change = { $direction ->
    [less] { $change } % menos que en { $year }
    [more] { $change } % más que en { $year }
    [same] Igual que en { $year }
   *[none] Sin dato un año antes
}
chart-day-label = { $day }: { $used } { $unit }{ $estimated ->
    [yes] , estimado
   *[no] {""}
}
chart-hour-label = { $hour }: { $used } { $unit }
chart-day-none = { $day }: sin lectura
chart-no-read = Sin lectura
