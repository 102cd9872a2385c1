/** The pages of certification: tables, runs, lumisections, cycles, golden JSON, rules, history and administration. */
@NullMarked
package org.colonnade.certification.pages;

import org.jspecify.annotations.NullMarked;
