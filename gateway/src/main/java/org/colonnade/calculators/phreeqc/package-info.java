/** PHREEQC runs: the engine and its databases, the check of an input, the job, and the tables it leaves. */
@NullMarked
package org.colonnade.calculators.phreeqc;

import org.jspecify.annotations.NullMarked;
