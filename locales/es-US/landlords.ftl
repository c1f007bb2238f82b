# Lugares que un propietario alquila: quién tiene servicio, qué pasa cuando un inquilino se va y las cartas que tratan de ello.

landlord-title = Lugares que usted da en alquiler
landlord-profile = Qué pasa cuando un inquilino se va
landlord-text = Diga de cada lugar qué pasa cuando un inquilino termina el servicio. Vale para todo inquilino cuyo servicio termine ese día o después, hasta que usted diga otra cosa. No le decimos quiénes son sus inquilinos.
landlord-none = No tenemos anotado que usted sea propietario de un lugar en alquiler. Llámenos si da uno en alquiler.
landlord-state = { $state ->
    [occupied] Ocupado
    [yours] A su nombre
   *[vacant] Desocupado
}
landlord-theirs = A nombre del inquilino: { $services }
landlord-yours = A su nombre: { $services }
landlord-instruction-legend = Cuando un inquilino deja { $place }
landlord-instruction = { $instruction ->
    [continue] El servicio sigue a mi nombre. Se factura en la cuenta { $account } desde el día en que termina el del inquilino.
    [vacant] El servicio termina con el del inquilino y el lugar queda sin él.
   *[unsaid] No se dice nada. El servicio termina con el del inquilino.
}
landlord-save = Guardar para { $place }
landlord-choose = Elija qué pasa cuando un inquilino se va.
landlord-saved = Guardado. Le enviamos una confirmación.
landlord-said = Lo que se dijo
landlord-said-by = { $day }, { $who }
notice-landlord-instructed-subject = Qué pasa cuando su inquilino se va
notice-landlord-instructed-text = { $instruction ->
    [continue] Cuando un inquilino deja { $place }, el servicio sigue a su nombre en la cuenta { $account }, desde el día en que termina el del inquilino. Vale desde el { $day } hasta que usted diga otra cosa.
    [vacant] Cuando un inquilino deja { $place }, el servicio termina y el lugar queda sin él. Su cuenta { $account } no paga por él. Vale desde el { $day } hasta que usted diga otra cosa.
   *[unsaid] Usted retiró lo que dijo de { $place } en la cuenta { $account }. Desde el { $day }, allí el servicio termina con el del inquilino.
}
notice-landlord-continued-subject = El servicio sigue a su nombre
notice-landlord-continued-text = El servicio de su inquilino termina. { $service } en { $place } sigue a su nombre desde el { $day }, como nos dijo, y se factura en la cuenta { $account }.
notice-landlord-vacant-subject = Termina el servicio en un lugar suyo
notice-landlord-vacant-text = El servicio de su inquilino termina. { $service } en { $place } termina el { $day } y no sigue, como nos dijo. Llámenos antes de una helada: puede que haya que vaciar el agua.
notice-landlord-not-continued-subject = Llámenos por un lugar suyo
notice-landlord-not-continued-text = El servicio de su inquilino termina. { $service } en { $place } termina el { $day }. Nos dijo que siguiera a su nombre, y la cuenta { $account } no puede recibirlo tal como está. Llámenos, para que el lugar no quede sin él.
notice-landlord-not-yours-subject = El servicio de un lugar suyo no está a su nombre
notice-landlord-not-yours-text = { $service } en { $place } no está a su nombre en la cuenta { $account } desde el { $day }. Cambió lo que nos dijo, cambió el día en que su inquilino se va, o alguien más recibe el servicio desde ese día.
notice-landlord-action = Ver sus lugares
service-landlord-title = Cuando este servicio termine
service-landlord = { $instruction ->
    [continue] El propietario dijo que sigue a su nombre: en la cuenta { $account }, desde el mismo día y con la misma tarifa. Se hace cuando usted termina este servicio.
   *[vacant] El propietario, cuenta { $account }, dijo que el lugar queda sin él. Se le avisa cuando usted termina este servicio.
}
service-continued = Guardado. Sigue en la cuenta { $account } del propietario desde el mismo día.
service-left-vacant = Guardado. El propietario quiere el lugar sin él, y se le avisa.
service-not-continued = Guardado. El propietario quiere que siga, y la cuenta { $account } no pudo recibirlo: mire su estado y la tarifa, e inicie el servicio allí.
service-landlord-billed = Guardado. El servicio en la cuenta { $account } del propietario ya se facturó y queda como está: mírelo y termínelo o cámbielo allí.
service-landlord-waits = Este servicio termina y el propietario dijo que sigue a su nombre. Todavía no ha empezado en la cuenta { $account }.
service-hand-over = Pasarlo a la cuenta del propietario
