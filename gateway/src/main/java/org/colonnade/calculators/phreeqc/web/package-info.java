/** The API and the pages of PHREEQC runs. */
@NullMarked
package org.colonnade.calculators.phreeqc.web;

import org.jspecify.annotations.NullMarked;
