import type { Words } from './en.ts'

/** What patients read, in Spanish (as spoken in the Americas, formal address). */
export const es = {
  languageName: 'Español',
  locale: 'es-US',
  colon: ': ',
  otherLanguages: 'Otros idiomas',
  videoVisit: 'Consulta por video',
  yourVisit: 'Su consulta',
  newTime: 'Nuevo horario',
  previousTime: 'Horario anterior',
  plannedTime: 'Horario previsto',
  expectedTime: 'Inicio estimado',
  startsIn: (duration: string) => `Comienza en ${duration}`,
  startsSoon: 'Comienza en menos de un minuto',
  opensAt: (time: string) => `Puede entrar a partir de esta hora: ${time}`,
  addToCalendar: 'Agregar al calendario',
  updatesItself: 'Esta página se actualiza sola.',
  updateNow: 'Comprobar ahora',
  updatesStopped:
    'Esta página no puede actualizarse en este momento. Revise su conexión y luego elija «Comprobar ahora».',
  join: 'Entrar a la consulta',
  pressedJoin: (time: string) => `Abrió la consulta a esta hora: ${time}. Si salió, puede volver a entrar.`,
  joinFailed: 'No se pudo abrir la consulta. Espere un momento y vuelva a presionar el botón.',
  calendarNote: 'Abra este enlace a la hora de su consulta. No necesita ninguna aplicación ni cuenta.',
  joinNote: 'Se abre en este navegador. No necesita ninguna aplicación ni cuenta.',
  beforeYouJoin: 'Antes de entrar',
  tipPlace: 'Busque un lugar tranquilo y privado, con buena conexión.',
  tipAllow: 'Cuando se le pida, permita que este navegador use la cámara y el micrófono.',
  tipName: 'Escriba su nombre cuando Teams se lo pida, para que el equipo médico sepa quién es.',
  tipLobby: 'Esperará en la sala de espera hasta que el equipo médico le dé acceso.',
  needHelp: '¿Necesita ayuda?',
  callClinic: (number: string) => `Llamar al ${number}`,
  callClinicNote: 'Su clínica puede ayudarle por teléfono.',
  contactClinic: 'Comuníquese con su clínica.',
  dialIn: (number: string) => `Entrar por teléfono: ${number}`,
  dialInNote: '¿No tiene video? Entre a la consulta por teléfono, solo con sonido.',
  dialInCode: (code: string) => `Cuando se le pida el ID de conferencia, marque ${code}.`,
  emergency: 'En caso de emergencia, no espere a esta consulta. Llame al número de emergencias de su zona.',
  tooEarly: {
    title: 'Llegó temprano',
    lead: 'Su consulta aún no ha comenzado. Vuelva a esta página a la hora indicada, con el mismo enlace.',
  },
  ready: {
    title: 'Su consulta está lista',
    lead: 'Ya puede entrar.',
  },
  late: {
    title: 'Su equipo médico está retrasado',
    lead: 'Disculpe la espera. Su consulta sí se realizará. Por favor, permanezca cerca.',
  },
  moved: {
    title: 'Su consulta tiene un nuevo horario',
    lead: 'Se cambió el horario. El mismo enlace funcionará a la nueva hora.',
  },
  cancelled: {
    title: 'Esta consulta fue cancelada',
    lead: 'No hay ninguna consulta a la que entrar. Para programar otra, comuníquese con su clínica.',
  },
  notVideo: {
    title: 'Esta consulta ya no es por video',
    lead: 'Su cita sigue programada, pero no por video. Pregunte a su clínica adónde debe ir.',
  },
  over: {
    title: 'Esta consulta ya terminó',
    lead: 'El enlace ya no abre ninguna consulta. Si aún necesita hablar con alguien, comuníquese con su clínica.',
  },
  notFound: {
    title: 'Este enlace no abre ninguna consulta',
    lead: 'Es posible que haya vencido o que esté incompleto. Vuelva a abrirlo desde el último mensaje que le enviamos.',
  },
  unavailable: {
    title: 'No podemos verificar su consulta en este momento',
    lead: 'El sistema de la clínica o el nuestro no responde. Seguimos intentándolo; usted no tiene que hacer nada.',
    canJoin: 'No podemos confirmar la hora en este momento, pero de todos modos puede entrar.',
  },
  noVisit: {
    title: 'No encontramos ninguna consulta por video',
    lead: 'Su portal del paciente no indica ninguna consulta por video pendiente. Si espera una, comuníquese con su clínica.',
  },
  launchFailed: {
    title: 'No se pudo abrir su consulta desde aquí',
    lead: 'Vuelva a su portal del paciente y abra la consulta otra vez. El enlace de nuestro mensaje también funciona.',
  },
  framed: {
    title: 'Su consulta por video',
    lead: 'La consulta se abre en su propia ventana.',
    open: 'Abrir la consulta',
  },
  browser: {
    inApp:
      'Abrió esta página dentro de otra aplicación, donde las consultas por video suelen fallar. Abra el enlace del mensaje en Safari o Chrome.',
    ios: 'Es posible que Teams no funcione en este navegador. En este dispositivo, abra el enlace del mensaje en Safari o Chrome.',
    android:
      'Es posible que Teams no funcione en este navegador. En este dispositivo, abra el enlace del mensaje en Chrome.',
    desktop:
      'Es posible que Teams no funcione en este navegador. En esta computadora, abra el enlace en Chrome, Edge o Safari.',
    old: 'Este navegador es demasiado antiguo para Teams. Actualícelo o abra el enlace en otro dispositivo.',
  },
  check: {
    title: 'Pruebe su cámara y su sonido',
    intro: 'Toma un minuto y no se graba nada. El equipo médico solo ve qué funcionó y qué no.',
    start: 'Comenzar la prueba',
    again: 'Probar otra vez',
    end: 'Terminar la prueba',
    testing: 'Probando',
    works: 'Funciona',
    fails: 'No funciona',
    camera: 'Cámara',
    microphone: 'Micrófono',
    speaker: 'Altavoz',
    connection: 'Conexión',
    picture: 'Imagen de su cámara',
    level: 'Volumen de su voz',
    speak: 'Diga unas palabras. La barra debe moverse.',
    play: 'Reproducir un sonido',
    heard: '¿Escuchó el sonido?',
    yes: 'Sí, lo escuché',
    no: 'No lo escuché',
    allGood: 'Todo funciona. Está listo para su consulta.',
    notAllGood: 'Todavía no funciona todo. Siga los consejos de arriba y pruebe otra vez.',
    ways: 'De todos modos puede participar',
    wayJoin: 'Entre sin cámara: el equipo médico podrá oírle.',
    wayPhone: 'Entre por teléfono, con el número que está en esta página.',
    wayClinic: 'Comuníquese con su clínica y diga qué no funciona.',
    help: {
      unsupported:
        'Este navegador no permite que una página lo use. Abra el enlace del mensaje en Safari o Chrome.',
      missingCamera: 'No se encontró ninguna cámara. Si tiene una, conéctela o enciéndala.',
      missingMicrophone: 'No se encontró ningún micrófono. Si tiene uno, conéctelo o enciéndalo.',
      slow: 'La conexión es lenta. Acérquese a su Wi-Fi, o cambie entre Wi-Fi y datos móviles.',
      offline: 'Esta página no puede comunicarse con nosotros. Revise su conexión a internet.',
      blocked: {
        ios: 'Esta página no tiene permiso. En Safari, toque el botón junto a la dirección, luego la configuración del sitio web, y elija Permitir. En Chrome, abra la app Configuración, elija Chrome y active el permiso.',
        android:
          'Esta página no tiene permiso. Toque el botón a la izquierda de la dirección, luego Permisos, y actívelo.',
        desktop:
          'Esta página no tiene permiso. Elija el botón a la izquierda de la dirección y dé el permiso.',
      },
      busy: {
        ios: 'Otra aplicación lo está usando. Termine las llamadas y cierre sus otras aplicaciones.',
        android: 'Otra aplicación lo está usando. Termine las llamadas y cierre sus otras aplicaciones.',
        desktop: 'Otro programa lo está usando. Cierre otros programas y pestañas con video.',
      },
      silent: {
        ios: 'No oímos nada. Hable más fuerte y revise que nada tape la parte inferior del teléfono.',
        android: 'No oímos nada. Hable más fuerte y revise que nada tape la parte inferior del teléfono.',
        desktop: 'No oímos nada. Revise que esté elegido el micrófono correcto y que no esté silenciado.',
      },
      speaker: {
        ios: 'Suba el volumen y quite el modo silencio. Desconecte los audífonos que no esté usando.',
        android: 'Suba el volumen multimedia. Desconecte los audífonos que no esté usando.',
        desktop: 'Suba el volumen y revise qué altavoz o audífonos están elegidos.',
      },
    },
  },
  failure: {
    next: 'Qué hacer',
    tryAgain: 'Intentar de nuevo',
    reference: (reference: string) => `Si llama, indique esta referencia: ${reference}`,
  },
} satisfies Words
