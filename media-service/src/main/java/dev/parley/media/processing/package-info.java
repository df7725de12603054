/** Works on files after they were confirmed, off the request path: scans them for malware and makes their previews. */
package dev.parley.media.processing;
