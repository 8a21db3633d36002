#include "ui/drawing/gl_painter.h"

#include "ui/drawing/gl_shaders.h"

#include <QCoreApplication>
#include <QOpenGLFunctions>
#include <QSysInfo>
#include <QVector2D>

#include <cstddef>
#include <utility>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(GlPainter)
};

constexpr std::array<const char*, 3> fragment_shaders{ shape_shader, curve_shader, label_shader };

QSurfaceFormat format_of(QSurfaceFormat::RenderableType type)
{
    QSurfaceFormat format;
    format.setRenderableType(type);
    if (type == QSurfaceFormat::OpenGL) {
        format.setVersion(3, 3);
        format.setProfile(QSurfaceFormat::CoreProfile);
    } else {
        format.setVersion(3, 0);
    }
    // Edges are smooth by themselves, and nothing lies behind anything.
    format.setSamples(0);
    format.setDepthBufferSize(0);
    format.setStencilBufferSize(0);
    return format;
}

bool create_context(QOpenGLContext& context)
{
    for (const auto type : { QSurfaceFormat::OpenGL, QSurfaceFormat::OpenGLES }) {
        context.setFormat(format_of(type));
        if (!context.create())
            continue;
        const auto least = context.isOpenGLES() ? std::pair{ 3, 0 } : std::pair{ 3, 3 };
        if (context.format().version() >= least)
            return true;
    }
    return false;
}

QRect clip_of(const DrawingLayer& layer, double ratio)
{
    if (layer.clip.isEmpty())
        return {};
    return QRectF(layer.clip.topLeft() * ratio, layer.clip.size() * ratio).toRect();
}

} // namespace

std::unique_ptr<GlPainter> GlPainter::create(QString* reason)
{
    std::unique_ptr<GlPainter> painter(new GlPainter);
    QString why;
    if (painter->start(why)) {
        painter->context_.doneCurrent();
        return painter;
    }
    if (reason)
        *reason = why;
    return nullptr;
}

bool GlPainter::is_software() const
{
    for (const char* name : { "llvmpipe", "softpipe", "swrast", "SwiftShader", "Software" })
        if (renderer_.contains(QLatin1String(name), Qt::CaseInsensitive))
            return true;
    return false;
}

GlPainter::~GlPainter()
{
    if (!context_.isValid() || !context_.makeCurrent(&surface_))
        return;
    target_.reset();
    texture_.reset();
    programs_.clear();
    buffer_.destroy();
    arrays_.destroy();
    context_.doneCurrent();
}

bool GlPainter::start(QString& reason)
{
    if (QSysInfo::ByteOrder != QSysInfo::LittleEndian) {
        reason = Words::tr("Colours would be wrong on a big-endian processor.");
        return false;
    }
    if (!create_context(context_)) {
        reason = Words::tr("There is neither OpenGL 3.3 nor OpenGL ES 3.0.");
        return false;
    }
    surface_.setFormat(context_.format());
    surface_.create();
    if (!surface_.isValid() || !context_.makeCurrent(&surface_)) {
        reason = Words::tr("OpenGL gives no surface to paint on.");
        return false;
    }
    auto* gl = context_.functions();
    renderer_ = QString::fromUtf8(reinterpret_cast<const char*>(gl->glGetString(GL_RENDERER)));
    gl->glGetIntegerv(GL_MAX_TEXTURE_SIZE, &largest_);
    return build_programs(reason);
}

bool GlPainter::build_programs(QString& reason)
{
    const QByteArray version(context_.isOpenGLES() ? gles_version : gl_version);
    for (const char* fragments : fragment_shaders) {
        auto program = std::make_unique<QOpenGLShaderProgram>();
        if (!program->addShaderFromSourceCode(QOpenGLShader::Vertex, version + vertex_shader)
            || !program->addShaderFromSourceCode(
                QOpenGLShader::Fragment, version + fragment_header + fragments)
            || !program->link()) {
            reason
                = Words::tr("OpenGL does not take a shader: %1").arg(program->log().simplified());
            return false;
        }
        programs_.push_back(std::move(program));
    }
    if (!arrays_.create() || !buffer_.create()) {
        reason = Words::tr("OpenGL gives no buffer.");
        return false;
    }
    arrays_.bind();
    buffer_.setUsagePattern(QOpenGLBuffer::StreamDraw);
    buffer_.bind();
    auto* gl = context_.functions();
    const auto attribute = [gl](GLuint index, GLenum type, std::size_t offset) {
        gl->glEnableVertexAttribArray(index);
        gl->glVertexAttribPointer(index, 4, type, type == GL_UNSIGNED_BYTE, sizeof(GlVertex),
            reinterpret_cast<const void*>(offset));
    };
    attribute(0, GL_FLOAT, offsetof(GlVertex, place));
    attribute(1, GL_FLOAT, offsetof(GlVertex, form));
    attribute(2, GL_UNSIGNED_BYTE, offsetof(GlVertex, color));
    attribute(3, GL_UNSIGNED_BYTE, offsetof(GlVertex, outline));
    arrays_.release();
    return true;
}

bool GlPainter::prepare_target(const QSize& pixels)
{
    if (!target_ || target_->size() != pixels) {
        target_ = std::make_unique<QOpenGLFramebufferObject>(
            pixels, QOpenGLFramebufferObject::NoAttachment, GL_TEXTURE_2D, GL_RGBA8);
        image_ = {};
    }
    return target_->isValid() && target_->bind();
}

QImage GlPainter::paint(const Drawing& drawing, double ratio)
{
    const QSize pixels = pixels_of(drawing.size, ratio);
    if (pixels.isEmpty() || pixels.width() > largest_ || pixels.height() > largest_)
        return {};
    if (!context_.makeCurrent(&surface_) || !prepare_target(pixels)) {
        lost_ = true;
        return {};
    }
    gather(drawing, ratio);
    upload();

    auto* gl = context_.functions();
    const QRgb below = qPremultiply(drawing.background);
    const auto part = [](int value) { return static_cast<float>(value) / 255; };
    gl->glDisable(GL_SCISSOR_TEST);
    gl->glClearColor(
        part(qBlue(below)), part(qGreen(below)), part(qRed(below)), part(qAlpha(below)));
    gl->glClear(GL_COLOR_BUFFER_BIT);
    draw(pixels);

    // Blue and red are exchanged in everything that is painted, and the picture stands on its head:
    // so OpenGL's pixels are a QImage's as they are.
    const bool opaque = qAlpha(drawing.background) == 255;
    const auto format = opaque ? QImage::Format_RGB32 : QImage::Format_ARGB32_Premultiplied;
    if (image_.size() != pixels || image_.format() != format)
        image_ = QImage(pixels, format);
    gl->glPixelStorei(GL_PACK_ALIGNMENT, 4);
    gl->glReadPixels(
        0, 0, pixels.width(), pixels.height(), GL_RGBA, GL_UNSIGNED_BYTE, image_.bits());
    target_->release();
    context_.doneCurrent();
    image_.setDevicePixelRatio(ratio);
    return image_;
}

void GlPainter::end_stretch(Kind kind, std::size_t first, const QRect& clip)
{
    if (vertices_.size() > first)
        stretches_.push_back(
            { kind, static_cast<int>(first), static_cast<int>(vertices_.size() - first), clip });
}

void GlPainter::gather(const Drawing& drawing, double ratio)
{
    atlas_.set_style(drawing.font, ratio);
    // An atlas full of earlier frames' labels is emptied; one too small for this frame's grows.
    bool fresh = atlas_.empty();
    while (!gather_layers(drawing, ratio)) {
        if (!fresh)
            atlas_.clear();
        else if (!atlas_.grow())
            break;
        fresh = true;
    }
}

bool GlPainter::gather_layers(const Drawing& drawing, double ratio)
{
    const QSizeF size = drawing.size * ratio;
    bool complete = true;
    vertices_.clear();
    stretches_.clear();
    for (const DrawingLayer& layer : drawing.layers) {
        const QRect clip = clip_of(layer, ratio);
        std::size_t first = vertices_.size();
        for (const DrawnShape& shape : layer.shapes)
            append_shape(vertices_, shape, ratio);
        end_stretch(Kind::shapes, first, clip);
        first = vertices_.size();
        for (const DrawnCurve& curve : layer.curves)
            if (cut_curve(points_, curve, ratio))
                append_curve(vertices_, curve, points_, ratio, size);
        end_stretch(Kind::curves, first, clip);
        first = vertices_.size();
        for (const DrawnLabel& label : layer.labels) {
            if (const auto place = atlas_.place(label))
                append_label(vertices_, place->at, place->texels, label.color);
            else
                complete = false;
        }
        end_stretch(Kind::labels, first, clip);
    }
    return complete;
}

void GlPainter::upload()
{
    buffer_.bind();
    buffer_.allocate(vertices_.data(), static_cast<int>(vertices_.size() * sizeof(GlVertex)));
    const QImage& texels = atlas_.image();
    if (!texture_ || texture_->height() != texels.height()) {
        texture_ = std::make_unique<QOpenGLTexture>(QOpenGLTexture::Target2D);
        texture_->setFormat(QOpenGLTexture::R8_UNorm);
        texture_->setSize(texels.width(), texels.height());
        texture_->setMinMagFilters(QOpenGLTexture::Nearest, QOpenGLTexture::Nearest);
        texture_->allocateStorage(QOpenGLTexture::Red, QOpenGLTexture::UInt8);
    }
    const auto [top, bottom] = atlas_.take_changed_rows();
    if (bottom > top)
        texture_->setData(0, top, 0, texels.width(), bottom - top, 1, QOpenGLTexture::Red,
            QOpenGLTexture::UInt8, texels.constScanLine(top));
}

void GlPainter::draw(const QSize& pixels)
{
    auto* gl = context_.functions();
    gl->glViewport(0, 0, pixels.width(), pixels.height());
    gl->glEnable(GL_BLEND);
    gl->glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
    arrays_.bind();
    texture_->bind();
    for (const Stretch& stretch : stretches_) {
        QOpenGLShaderProgram& program = *programs_[static_cast<std::size_t>(stretch.kind)];
        program.bind();
        program.setUniformValue("pixel",
            QVector2D(2.0F / static_cast<float>(pixels.width()),
                2.0F / static_cast<float>(pixels.height())));
        if (stretch.clip.isNull()) {
            gl->glDisable(GL_SCISSOR_TEST);
        } else {
            gl->glEnable(GL_SCISSOR_TEST);
            gl->glScissor(
                stretch.clip.x(), stretch.clip.y(), stretch.clip.width(), stretch.clip.height());
        }
        gl->glDrawArrays(GL_TRIANGLE_STRIP, stretch.first, stretch.count);
    }
    arrays_.release();
}

} // namespace circuitloom::ui
