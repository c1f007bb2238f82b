# Quién más puede ver o hacer algo en una cuenta: invitar, responder, cambiar, terminar, y las cartas sobre ello.

sharing-title = Personas en esta cuenta
profile-sharing = Quién más puede ver o pagar, y quién recibe copias.
sharing-text = Cada persona de la lista entra con su propio correo y contraseña. Nadie más que usted debe lo que la cuenta debe.
sharing-you = Usted
sharing-access = { $access ->
    [owner] Titular
    [manage] Administra la cuenta
    [pay] Ve y paga
   *[view] Solo ve
}
sharing-access-means = { $access ->
    [owner] Todo, también quién más puede ver la cuenta.
    [manage] Ve y paga. Cambia el pago automático y cómo llegan las facturas, hace solicitudes y disputa facturas. No invita a nadie.
    [pay] Ve saldo, facturas, consumo, pagos y solicitudes. Paga con su propia tarjeta o cuenta bancaria. No cambia nada.
   *[view] Ve saldo, facturas, consumo, pagos y solicitudes. No paga ni cambia nada.
}
sharing-home = { $access ->
    [manage] Compartida con usted para administrarla
    [pay] Compartida con usted para verla y pagarla
   *[view] Compartida con usted para verla
}
sharing-since = desde el { $day }
sharing-edit = Cambiar
sharing-may = Lo que { $name } puede hacer
sharing-save = Guardar
sharing-end = Quitar a { $name }
sharing-saved = Guardado. Le avisamos.
sharing-ended = Ya no está en la cuenta. Desde ahora no ve nada de ella.
sharing-waiting = Con invitación sin responder
sharing-until = vale hasta el { $day }
sharing-withdraw = Retirar
sharing-withdrawn = Retirada. El enlace ya no abre nada.
sharing-copies = Recibe copias
sharing-copies-text = Cuando un pago está vencido, también le avisamos. No ve nada más y no debe nada.
sharing-copies-end = No más copias
sharing-copies-until = termina el { $day }
sharing-copies-ended = Ya no recibe copias.
sharing-invite-title = Invitar a alguien
sharing-invite-text = Le enviamos por correo un enlace que vale 14 días. Puede cambiarlo o terminarlo aquí cualquier día.
sharing-name = Su nombre
sharing-not-a-name = Escriba un nombre de hasta 80 letras, sin direcciones web ni de correo.
sharing-email = Su correo electrónico
sharing-language = Idioma de la invitación
sharing-offer-legend = Lo que puede hacer
sharing-offer = { $offer ->
    [manage] Administrar la cuenta
    [pay] Ver y pagar
    [copies] Solo recibir copias de avisos de pago vencido
   *[view] Solo ver
}
sharing-offer-hint = { $offer ->
    [manage] Todo lo que usted puede, menos invitar a otros: ver y pagar, y cambiar el pago automático, cómo llegan las facturas, las solicitudes y las disputas.
    [pay] Saldo, facturas, consumo, pagos y solicitudes. Paga con su propia tarjeta o cuenta bancaria, nunca con la de usted, y no cambia nada.
    [copies] Un familiar, amigo o trabajador social se entera antes de que un servicio esté en riesgo. Sin acceso.
   *[view] Saldo, facturas, consumo, pagos y solicitudes. No paga ni cambia nada.
}
sharing-invite = Enviar la invitación
sharing-invited = La invitación está en camino.
sharing-already = Esta persona ya está en la cuenta.
sharing-too-often = Una cuenta puede enviar 10 invitaciones al día. Inténtelo mañana.
sharing-too-many = Una cuenta puede tener 12 personas además de usted. Quite primero a alguien.
sharing-yours = Esta cuenta se compartió con usted. Puede { $access ->
    [manage] administrarla: verla y pagarla, cambiar el pago automático y cómo llegan las facturas, hacer solicitudes y disputar facturas.
    [pay] verla y pagarla con su propia tarjeta o cuenta bancaria.
   *[view] verla.
} Su titular puede cambiar eso en «Personas en esta cuenta».
sharing-leave = Dejar de ver esta cuenta
sharing-leave-text = No verá nada más de ella. Para volver necesita otra invitación.
sharing-leave-yes = Sí, quitarla de mi acceso
sharing-left = La cuenta ya no está en su acceso.

## La invitación

invitation-title = Tiene una invitación
invitation-text = { $by } le invita a la cuenta { $account } en { -utility }.
invitation-means = { $offer ->
    [manage] Puede ver y pagar la cuenta, cambiar el pago automático y cómo llegan las facturas, hacer solicitudes y disputar facturas. No puede invitar a otros.
    [pay] Puede ver saldo, facturas, consumo, pagos y solicitudes, y pagar con su propia tarjeta o cuenta bancaria.
    [copies] Le avisamos por correo electrónico cuando un pago de la cuenta está vencido. No ve nada más.
   *[view] Puede ver saldo, facturas, consumo, pagos y solicitudes.
}
invitation-no-debt = Con esto no se vuelve cliente y no debe nada. Puede terminarlo cualquier día.
invitation-take-copies = Sí, envíenme copias
invitation-as = Entró como { $name }.
invitation-accept = Agregar la cuenta a mi acceso
invitation-sign-in = Ya tengo acceso
invitation-new-title = Todavía no tengo acceso
invitation-new-text = Su correo es { $email }. Elija una contraseña y listo.
invitation-register = Crear mi acceso
invitation-decline = No, gracias
invitation-accepted = La cuenta ya está en su acceso.
invitation-already = Ya puede ver y hacer lo mismo en esta cuenta.
invitation-copies-title = Desde ahora recibe copias
invitation-copies-text = Le avisamos cuando un pago está vencido. Cada uno de estos correos trae un enlace que los termina.
invitation-declined-title = Rechazada
invitation-declined-text = El enlace ya no abre nada. No tiene que hacer nada más.
invitation-spent-title = Esta invitación ya no vale
invitation-spent-text = Ya se respondió, se retiró o tiene más de 14 días. Pida otra a quien le invitó.

error-not-shared-title = Esta parte no se compartió con usted
error-not-shared-text = Puede ver esta cuenta, pero su titular no le abrió esta parte. Pídale que lo cambie en «Personas en esta cuenta».

## Cartas

notice-sharing-invited-subject = Tiene una invitación a una cuenta
notice-sharing-invited-text = { $by } quiere que { $offer ->
    [manage] usted administre la cuenta { $account } junto con esa persona: verla y pagarla, cambiar cómo se factura, hacer solicitudes y disputar facturas.
    [pay] usted vea y pague la cuenta { $account }.
    [copies] le avisemos cuando un pago de la cuenta { $account } esté vencido.
   *[view] usted vea la cuenta { $account }.
} Con esto no debe nada. El enlace vale 14 días.
notice-sharing-invited-action = Ver la invitación
notice-sharing-invited-otherwise = Si no conoce a quien le invita, no haga nada: sin su respuesta no pasa nada.
notice-sharing-joined-subject = Se agregó a alguien a su cuenta
notice-sharing-joined-text = { $name } aceptó una invitación a la cuenta { $account } y desde ahora puede { $access ->
    [manage] administrarla: verla y pagarla, cambiar cómo se factura, hacer solicitudes y disputar facturas.
    [pay] verla y pagarla.
   *[view] verla.
}
notice-sharing-joined-action = Ver quién está en la cuenta
notice-sharing-joined-otherwise = Si usted no quería esto, quite a esa persona donde lleva el botón, o llámenos.
notice-sharing-copies-begun-subject = Alguien recibe copias de sus avisos de pago vencido
notice-sharing-copies-begun-text = { $name } aceptó recibir copias de la cuenta { $account }: también le avisamos cuando un pago está vencido.
notice-sharing-copies-ended-subject = Sus copias terminaron
notice-sharing-copies-ended-text = Ya no recibe copias de la cuenta { $account }.
notice-sharing-copies-left-subject = Alguien ya no recibe copias
notice-sharing-copies-left-text = { $name } ya no recibe copias de los avisos de pago vencido de la cuenta { $account }, por decisión propia.
notice-sharing-changed-subject = Lo que puede hacer en una cuenta
notice-sharing-changed-text = Desde ahora puede { $access ->
    [manage] administrar la cuenta { $account }: verla y pagarla, cambiar cómo se factura, hacer solicitudes y disputar facturas.
    [pay] ver y pagar la cuenta { $account }.
   *[view] ver la cuenta { $account }.
}
notice-sharing-changed-action = Ver la cuenta
notice-sharing-ways-subject = Se quitó de una cuenta una forma de pago guardada
notice-sharing-ways-text = Ya no se cobra lo que { $name } había guardado para pagar la cuenta { $account }: { $methods }. Terminaron también el pago automático y los pagos programados que lo usaban.
notice-sharing-ended-subject = Una cuenta ya no se comparte con usted
notice-sharing-ended-text = Ya no puede ver la cuenta { $account }.
notice-sharing-left-subject = Alguien dejó su cuenta
notice-sharing-left-text = { $name } ya no ve nada de la cuenta { $account }, por decisión propia.
notice-copy-past-due-subject = Un pago de alguien a quien usted ayuda está vencido
notice-copy-past-due-text = { $of } nos pidió avisarle: en la cuenta { $account }, { $amount } vencía el { $day } y no está pagado.
notice-copy-past-due-otherwise = Usted no debe esto. Quizá baste una palabra suya; puede haber más tiempo para pagar. El enlace de abajo termina estas copias.
