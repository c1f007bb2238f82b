# Pagar sin iniciar sesión.

quick-pay-title = Pagar sin iniciar sesión
quick-pay-intro = Para su propia cuenta o la de otra persona. Necesita el número de cuenta y el código postal del lugar que recibe el servicio.
quick-pay-postal-code = Código postal del lugar del servicio
quick-pay-postal-code-hint = Cinco dígitos.
quick-pay-not-a-code = Escriba el código postal con cinco dígitos.
quick-pay-last-bill = Monto de la última factura (si la tiene)
quick-pay-last-bill-hint = Con el monto le mostramos cuánto se debe y cuándo vence. Sin él, también puede pagar.
quick-pay-action = Seguir
quick-pay-not-found = No encontramos ninguna cuenta con esos datos. Revise el número y el código postal, y el monto si lo escribió. Un monto que aparece en muchas facturas no basta: déjelo en blanco y aun así puede pagar.
quick-pay-busy = En este momento se está haciendo un pago para esta cuenta. Inténtelo otra vez en unos minutos.
quick-pay-unseen = Solo mostramos cuánto se debe a quien conoce un monto de la última factura. Puede pagar cualquier monto.
quick-pay-due = Vence el { $day }
quick-pay-doubt-equal = En el último día se hizo un pago de { $amount } en esta cuenta.
quick-pay-doubt-here = En el último día se hizo desde este navegador un pago de { $amount } para esta cuenta.
quick-pay-doubt-answer = ¿Quiere pagar otra vez? Indíquelo abajo.
quick-pay-another = Hacer otro pago
quick-pay-sign-in-title = ¿Solo quiere pagar?
quick-pay-sign-in-text = No hace falta iniciar sesión: bastan el número de cuenta y el código postal.

pay-link-text = Puede pagar sin entrar. Ve lo que se debe y paga con tarjeta o cuenta bancaria.
pay-link-go = Continuar al pago
pay-link-sign-in = Entrar en su lugar
