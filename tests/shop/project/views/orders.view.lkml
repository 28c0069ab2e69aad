view: orders {
  dimension: id { primary_key: yes  type: number  sql: ${TABLE}.id ;; }
  dimension: user_id { type: number  sql: ${TABLE}.user_id ;; }
  dimension: status { sql: ${TABLE}.status ;; }
  dimension: shipping { type: number  sql: ${TABLE}.shipping ;; }
  dimension: is_complete { type: yesno  sql: ${status} = 'complete' ;; }
  dimension_group: created {
    type: time
    timeframes: [raw, time, hour, date, week, month, quarter, year, day_of_week]
    sql: ${TABLE}.created_at ;;
  }
  dimension_group: shipped {
    type: time
    timeframes: [raw, date, month]
    datatype: date
    convert_tz: no
    sql: ${TABLE}.shipped_on ;;
  }

  measure: count { type: count }
  measure: complete_count { type: count  filters: [is_complete: "yes"] }
  measure: total_shipping { type: sum  sql: ${shipping} ;; }
  measure: average_shipping { type: average  sql: ${shipping} ;; }
}
