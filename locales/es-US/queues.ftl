# Vistas de las listas de la oficina que una persona guarda, y lo que se hace con varias filas a la vez.

saved-filters = Sus vistas
saved-filter-save = Guardar esta vista
saved-filter-name = Cómo se llama
saved-filter-save-now = Guardarla
saved-filter-saved = La vista está guardada. Aparece sobre esta lista siempre que usted venga.
saved-filter-remove = Olvidar la vista «{ $name }»
saved-filter-removed = La vista está olvidada.
saved-filter-name-missing = Póngale un nombre a la vista.
saved-filter-too-many = Usted guarda { $most } vistas de esta lista. Olvide una primero.
bulk-title = Con las elegidas
bulk-choose = Elegir { $what }
bulk-column = Elegida
bulk-to = Dar a
bulk-me = Mí
bulk-assign = Darlas
bulk-reason = Un motivo para todas
bulk-dismiss = No hay nada que hacer
bulk-none = Elija primero una fila o más.
bulk-assigned = { $count ->
    [0] No se dio ninguna: cada una fue respondida entretanto.
    [one] Se dio 1.
   *[other] Se dieron { $count }.
}
bulk-dismissed = { $count ->
    [0] No se descartó ninguna.
    [one] Se descartó 1.
   *[other] Se descartaron { $count }.
}
bulk-left = { $count ->
    [one] Quedó 1: fue respondida entretanto, o una lectura espera que alguien la mire.
   *[other] Quedaron { $count }: fueron respondidas entretanto, o una lectura espera que alguien la mire.
}
bulk-no-owner = Esta persona no trabaja en esta lista.
order-age = Antigüedad
bulk-orders-left = { $count ->
    [one] Quedó 1: aún no tiene día, es un corte o alguien ya trabaja en ella.
   *[other] Quedaron { $count }: aún no tienen día, son cortes o alguien ya trabaja en ellas.
}
# $count (number)
bulk-marked-left = { $count ->
    [one] 1 quedó: está terminado o alguien respondió.
   *[other] { $count } quedaron: están terminados o alguien respondió.
}
office-arrangements-waiting = Incumplidos, esperan a alguien
outbox-waiting = Fallidos, esperan a alguien
