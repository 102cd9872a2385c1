/** SUPCRT thermodynamics over HTTP: databases, the API with its batches and files, and the js2 front door. */
@NullMarked
package org.colonnade.calculators.supcrt;

import org.jspecify.annotations.NullMarked;
