# Pagar varias cuentas a la vez.

together-title = Pagar varias cuentas a la vez
together-text = Usted hace un solo pago. Cada cuenta recibe su parte y tiene su propio recibo.
together-accounts = Cuentas para pagar
together-account = Cuenta { $account }, { $name }
together-due = { $amount } vence el { $day }
together-past-due = { $amount } por pagar; de eso, { $past } está vencido
together-to-pay = { $amount } por pagar
together-nothing-due = No hay nada por pagar.
together-credit = Se guardan { $amount } para la próxima factura.
together-amount = Monto para { $place }
together-none = Marque las cuentas que quiere pagar.
together-gone = Una cuenta que marcó ya no se puede pagar con su acceso. No se cobró nada. Mire lo que queda y revise de nuevo.
together-nothing = Escriba cuánto pagar en esta cuenta o quítele la marca.
together-too-many = Se pueden pagar a la vez { $most } cuentas como máximo.
together-total = Total
together-consent = Usted nos permite cobrar { $amount } una sola vez, por estas cuentas juntas. Si su banco devuelve el pago, lo que pagó se debe otra vez en cada cuenta y el cargo por pago devuelto se cobra una sola vez.
together-begun = Se empezó un pago de { $amount } para esta cuenta y no se terminó. Si paga aquí, se cierra con todas sus cuentas, para que usted pague una sola vez.
together-for = { -utility-short }, { $accounts ->
    [one] 1 cuenta
   *[other] { $accounts } cuentas
}
together-made = Pago de varias cuentas
together-part = Parte de un pago de varias cuentas
together-receipt = Recibo
together-others = Otras cuentas de este pago no están abiertas a su acceso y no se muestran.
