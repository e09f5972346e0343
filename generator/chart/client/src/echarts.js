// ECharts with what our charts use, and nothing else.
import * as echarts from 'echarts/core';
import {BarChart, CustomChart, LineChart} from 'echarts/charts';
import {
  AxisPointerComponent, DataZoomInsideComponent, GridComponent, LegendPlainComponent, MarkAreaComponent, MarkLineComponent, MarkPointComponent,
  TooltipComponent,
} from 'echarts/components';
import {LabelLayout} from 'echarts/features';
import {CanvasRenderer} from 'echarts/renderers';

echarts.use([
  BarChart, CustomChart, LineChart, AxisPointerComponent, DataZoomInsideComponent, GridComponent, LegendPlainComponent,
  MarkAreaComponent, MarkLineComponent, MarkPointComponent, TooltipComponent, LabelLayout, CanvasRenderer,
]);

export {echarts};
