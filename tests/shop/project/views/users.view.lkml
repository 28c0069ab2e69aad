view: users {
  dimension: id { primary_key: yes  type: number  sql: ${TABLE}.id ;; }
  dimension: name { sql: ${TABLE}.name ;; }
  dimension: state { sql: ${TABLE}.state ;; }
  dimension: age { type: number  sql: ${TABLE}.age ;; }
  dimension: credit { type: number  sql: ${TABLE}.credit ;; }
  dimension_group: created {
    type: time
    timeframes: [raw, time, date, week, month, quarter, year, day_of_week]
    sql: ${TABLE}.created_at ;;
  }

  measure: count { type: count }
  measure: total_credit { type: sum  sql: ${credit} ;; }
  measure: average_age { type: average  sql: ${age} ;; }
  measure: median_age { type: median  sql: ${age} ;; }
}
