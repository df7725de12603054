/** Makes and checks the signed addresses under which clients load files. */
package dev.parley.platform.file;
