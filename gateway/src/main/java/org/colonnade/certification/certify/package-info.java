/** What people and rules do with runs and datasets: ingest, edit, move, refresh, sign off. Each act is one version. */
@NullMarked
package org.colonnade.certification.certify;

import org.jspecify.annotations.NullMarked;
