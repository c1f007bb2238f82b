# Bajos ingresos de un hogar, tal como los certifica la oficina.

income-title = Bajos ingresos
income-hint = Donde las reglas lo piden, a un hogar cuyos bajos ingresos están certificados se le ofrece más tiempo para pagar en condiciones propias.
income-certified = Lo que se certificó
income-none = No hay bajos ingresos certificados para esta cuenta.
income-proof = { $proof ->
    [liheap] LIHEAP, ayuda para energía
    [lihwap] LIHWAP, ayuda para agua
    [snap] SNAP
    [medicaid] Medicaid
    [ssi] Seguridad de Ingreso Suplementario
    [agency] Palabra de una agencia
   *[statement] Documentos sobre los ingresos del hogar
}
income-proof-label = Qué lo comprueba
income-certify = Certificar bajos ingresos
income-certify-hint = Desde ahora los planes de pagos se ofrecen en las condiciones para bajos ingresos. Lo acordado antes queda como está.
income-from = Desde
income-last = Último día
income-words = Lo que usted vio
income-words-hint = Qué documento o la palabra de quién, y de qué día. No hacen falta cantidades.
income-certify-now = Certificarlo
income-done = Está certificado.
income-end = Terminarlo antes de tiempo
income-end-why = Por qué termina
income-end-now = Terminarlo ahora
income-end-done = Ha terminado.
income-has-ended = Ya había terminado.
income-not-a-household = Esta cuenta no es de un hogar. Solo se certifican los ingresos de un hogar.
income-wrong-days = Elija un día del { $first } al { $last }.
income-until = Bajos ingresos certificados hasta el { $last }
income-terms = Estas son las condiciones para bajos ingresos, certificados hasta el { $last }.
