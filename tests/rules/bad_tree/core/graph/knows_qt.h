#pragma once

#include <QString>
#include <QtCore/qglobal.h>
  #  include <qcustomplot.h> // spaced out
#include <queue>
#include "core/base/knows_graph.h"
