package dev.parley.media.preview;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/** Draws the first page of a PDF. */
final class PdfPreviews {

    static {
        // The list of the machine's fonts is otherwise written to the home of the user who runs the service.
        if (System.getProperty("pdfbox.fontcache") == null) {
            System.setProperty("pdfbox.fontcache", System.getProperty("java.io.tmpdir"));
        }
    }

    private final Thumbnails thumbnails;

    PdfPreviews(Thumbnails thumbnails) {
        this.thumbnails = thumbnails;
    }

    /** @throws IOException if it cannot be read, also because it asks for a password */
    Preview of(Path file) throws IOException {
        try (PDDocument document = Loader.loadPDF(file.toFile(), IOUtils.createTempFileOnlyStreamCache())) {
            if (document.getNumberOfPages() == 0) {
                return Preview.NONE;
            }
            PDRectangle box = document.getPage(0).getCropBox();
            float longer = Math.max(box.getWidth(), box.getHeight());
            if (!(Math.min(box.getWidth(), box.getHeight()) > 0) || !Float.isFinite(longer)) {
                return Preview.NONE;
            }
            PDFRenderer renderer = new PDFRenderer(document);
            renderer.setSubsamplingAllowed(true);
            BufferedImage page = renderer.renderImage(0, thumbnails.size() / longer, ImageType.RGB);
            return new Preview(null, null, null, thumbnails.write(thumbnails.shrink(page)));
        } catch (StackOverflowError | IllegalArgumentException | IllegalStateException | ClassCastException broken) {
            // What the library meets in files that were broken on purpose.
            throw new IOException("Not a readable PDF", broken);
        }
    }
}
