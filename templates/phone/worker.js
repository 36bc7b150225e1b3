{# The address of the worker is fixed, its text is that of the version: a new one is how a browser
   learns of it. #}
import { start } from "{{ url_for('phone.static', filename='worker.js') }}";

start({{ kept | tojson }});
