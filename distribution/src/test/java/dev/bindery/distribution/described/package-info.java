/** What the admin API's description says, held against what an assembled host answers. */
package dev.bindery.distribution.described;
