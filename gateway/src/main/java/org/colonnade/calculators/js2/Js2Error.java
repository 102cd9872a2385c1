package org.colonnade.calculators.js2;

import com.fasterxml.jackson.annotation.JsonProperty;

/** An error that the service raises itself. */
record Js2Error(@JsonProperty("status_code") int statusCode, String message) {}
