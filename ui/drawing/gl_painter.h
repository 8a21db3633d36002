#pragma once

#include "ui/drawing/drawing.h"
#include "ui/drawing/gl_vertices.h"
#include "ui/drawing/label_atlas.h"

#include <QImage>
#include <QOffscreenSurface>
#include <QOpenGLBuffer>
#include <QOpenGLContext>
#include <QOpenGLFramebufferObject>
#include <QOpenGLShaderProgram>
#include <QOpenGLTexture>
#include <QOpenGLVertexArrayObject>

#include <memory>
#include <vector>

namespace circuitloom::ui {

/// Paints drawings with OpenGL 3.3 or OpenGL ES 3.0 as paint_drawing() does, on the graphics card.
///
/// It has a context and a target of its own and gives back an image, so no window is bound to
/// OpenGL: none is made anew for its sake, none loses its context by being moved elsewhere, and the
/// other widgets are painted as ever. To be made, used and destroyed on the thread of the windows.
class GlPainter
{
public:
    /// Null where OpenGL does not work; `reason` then says in one sentence why not. Some drivers
    /// abort the program here.
    static std::unique_ptr<GlPainter> create(QString* reason = nullptr);
    ~GlPainter();
    GlPainter(const GlPainter&) = delete;
    GlPainter& operator=(const GlPainter&) = delete;

    /// Paints with `ratio` device pixels for each of the drawing's. The image is valid until the
    /// next call. Null where the drawing is empty or larger than OpenGL can paint, and where the
    /// context was lost: then the painter is of no more use.
    QImage paint(const Drawing& drawing, double ratio);
    bool lost() const { return lost_; }

    /// The driver's name for itself.
    const QString& renderer() const { return renderer_; }
    /// Whether the processor does it all, as where there is no graphics card.
    bool is_software() const;

private:
    enum class Kind
    {
        shapes,
        curves,
        labels
    };
    /// Part of the frame's triangles that is drawn at once.
    struct Stretch
    {
        Kind kind;
        int first;
        int count;
        QRect clip; ///< device pixels; everything where it is null
    };

    GlPainter() = default;
    bool start(QString& reason);
    bool build_programs(QString& reason);
    bool prepare_target(const QSize& pixels);
    void gather(const Drawing& drawing, double ratio);
    bool gather_layers(const Drawing& drawing, double ratio);
    void end_stretch(Kind kind, std::size_t first, const QRect& clip);
    void upload();
    void draw(const QSize& pixels);

    QOffscreenSurface surface_;
    QOpenGLContext context_;
    std::vector<std::unique_ptr<QOpenGLShaderProgram>> programs_; ///< by Kind
    QOpenGLVertexArrayObject arrays_;
    QOpenGLBuffer buffer_;
    std::unique_ptr<QOpenGLTexture> texture_; ///< of the atlas
    std::unique_ptr<QOpenGLFramebufferObject> target_;
    LabelAtlas atlas_;
    GlStrip vertices_;
    std::vector<PathPoint> points_; ///< of one curve
    std::vector<Stretch> stretches_;
    QImage image_;
    QString renderer_;
    int largest_ = 0; ///< pixels a side of a target
    bool lost_ = false;
};

} // namespace circuitloom::ui
