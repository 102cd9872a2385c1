/**
 * Water as the SUPCRT family sees it: the equation of state of Haar, Gallagher and Kell (1984), the scaled equation of
 * Levelt Sengers et al. (1983) around the critical point, the dielectric constant of Johnson and Norton (1991), and
 * the Born functions derived from it. The parameters of the revised HKF equations were regressed with exactly this
 * water, so IAPWS-95 is no substitute.
 */
@NullMarked
package org.colonnade.geochemistry.supcrt.water;

import org.jspecify.annotations.NullMarked;
