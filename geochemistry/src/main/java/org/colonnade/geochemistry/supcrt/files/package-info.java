/** The text files of the SUPCRT programs: conditions (.con), reactions (.rxn), tables (.out) and plots (.kxy and others). */
@NullMarked
package org.colonnade.geochemistry.supcrt.files;

import org.jspecify.annotations.NullMarked;
