# Lo que enviamos por correo. El texto regulado lleva su norma encima.

notice-greeting = Hola, { $name }:
notice-sign-off = { -utility }
notice-do-not-answer = Nadie lee este buzón. Para hablar con nosotros, llame al { $phone }.
notice-why = Recibe este mensaje porque tiene una cuenta con { -utility-short }.
