#pragma once

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>
#include <QStringList>

#include <memory>

namespace circuitloom::testing {

/// A device on which nothing is painted, and that notes every text of which a part would not be
/// seen: QPainter cuts what is wider or higher than the rectangle that it is given.
class CutTexts : public QPaintDevice
{
public:
    explicit CutTexts(const QSize& size)
        : size_(size)
        , engine_(std::make_unique<Engine>())
    {
    }

    QStringList found() const { return engine_->cut; }
    int count() const { return engine_->count; } ///< of all texts
    QPaintEngine* paintEngine() const override { return engine_.get(); }

protected:
    int metric(PaintDeviceMetric metric) const override
    {
        constexpr int dots_per_inch = 96;
        switch (metric) {
        case PdmWidth:
            return size_.width();
        case PdmHeight:
            return size_.height();
        case PdmWidthMM:
            return qRound(size_.width() * 25.4 / dots_per_inch);
        case PdmHeightMM:
            return qRound(size_.height() * 25.4 / dots_per_inch);
        case PdmNumColors:
            return 1 << 24;
        case PdmDepth:
            return 32;
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return dots_per_inch;
        case PdmDevicePixelRatio:
            return 1;
        case PdmDevicePixelRatioScaled:
            return static_cast<int>(devicePixelRatioFScale());
        default:
            return QPaintDevice::metric(metric);
        }
    }

private:
    struct Engine : QPaintEngine
    {
        Engine()
            : QPaintEngine(AllFeatures)
        {
        }
        bool begin(QPaintDevice*) override { return true; }
        bool end() override { return true; }
        void updateState(const QPaintEngineState&) override { }
        void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override { }
        void drawPath(const QPainterPath&) override { }
        void drawPolygon(const QPointF*, int, PolygonDrawMode) override { }
        void drawTextItem(const QPointF& at, const QTextItem& text) override
        {
            ++count;
            if (!painter()->hasClipping())
                return;
            // Two pixels of the line's height hold no ink.
            const QRectF whole(at.x(), at.y() - text.ascent() + 1, text.width(),
                text.ascent() + text.descent() - 2);
            const QRectF seen = painter()->clipBoundingRect();
            if (!seen.isEmpty() && !seen.adjusted(-1, -1, 1, 1).contains(whole))
                cut << text.text();
        }
        Type type() const override { return User; }

        QStringList cut;
        int count = 0;
    };

    QSize size_;
    std::unique_ptr<Engine> engine_;
};

} // namespace circuitloom::testing
