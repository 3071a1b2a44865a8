// Each file registers its functions; this is the entry point of the bundle.
import './home.ts'
import './launch.ts'
import './account.ts'
import './visit.ts'
import './patient.ts'
import './patient-calendar.ts'
import './patient-launch.ts'
import './device-check.ts'
import './graph.ts'
import './sweeps.ts'
import './notices.ts'
import './receipts.ts'
import './erase.ts'
import './portal.ts'
import './portal-history.ts'
<<<<<<< HEAD
import './portal-sites.ts'
=======
import './portal-review.ts'
>>>>>>> main
